import { ApiError } from '../http/envelope.ts';
import { type Expression, parseQuery, QueryError } from '../http/query-expression.ts';
import { timeRangeOf } from '../http/query-values.ts';
import type { Customer } from '../store/events/customer-events.ts';

type Test = (customer: Customer) => boolean;
type Leaf = Extract<Expression, { kind: 'term' | 'range' }>;

const addressesOf = ({ emails }: Customer) => emails.map(({ value }) => value);
const TEXTS: Record<string, (customer: Customer) => string[]> = {
  firstName: ({ firstName }) => [firstName],
  lastName: ({ lastName }) => [lastName],
  email: addressesOf,
};
const TIMES: Record<string, (customer: Customer) => number> = {
  createdAt: ({ createdAtMs }) => createdAtMs,
  modifiedAt: ({ updatedAtMs }) => updatedAtMs,
};
const everything = (customer: Customer) => [customer.firstName, customer.lastName, ...addressesOf(customer)];

/** The search expression of the customer lists. Texts match where they are contained; one that cannot be read is a 400. */
export function customerQuery(expression: string, nowMs: number): Test {
  try {
    return testOf(parseQuery(expression), nowMs);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const { message } = error;
    throw new ApiError(400, 'Bad request', [{ path: 'query', message, code: 'Invalid', rejectedValue: expression }]);
  }
}

function testOf(expression: Expression, nowMs: number): Test {
  if (expression.kind === 'term' || expression.kind === 'range') return leafTest(expression, nowMs);
  if (expression.kind === 'not') {
    const test = testOf(expression.of, nowMs);
    return (customer) => !test(customer);
  }
  const tests = expression.of.map((part) => testOf(part, nowMs));
  const method = expression.kind === 'and' ? 'every' : 'some';
  return (customer) => tests[method]((test) => test(customer));
}

function leafTest(leaf: Leaf, nowMs: number): Test {
  const { field } = leaf;
  const timeOf = field !== null && Object.hasOwn(TIMES, field) ? TIMES[field] : undefined;
  if (timeOf) {
    const { min, max } = timeRangeOf(leaf, nowMs);
    return (customer) => timeOf(customer) >= min && timeOf(customer) <= max;
  }
  const textsOf = field === null ? everything : Object.hasOwn(TEXTS, field) ? TEXTS[field] : undefined;
  if (!textsOf) throw new QueryError(`there is no search field ${field}`);
  if (leaf.kind === 'range') throw new QueryError(`the search field ${field} takes no range`);
  const wanted = leaf.value.toLowerCase().replaceAll('*', '');
  return (customer) => textsOf(customer).some((text) => text.toLowerCase().includes(wanted));
}
