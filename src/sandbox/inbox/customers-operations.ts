import { z } from 'zod';
import { ApiError, parseInput } from '../http/envelope.ts';
import { emptyCustomer } from '../store/customers.ts';
import { type Customer, ENTRY_KINDS, type EntryKind } from '../store/events/customer-events.ts';
import { addressSchema, entrySchemas, overwriteSchema, SCALARS, type Scalar } from './customers-input.ts';
import { ENTRY_PATHS } from './customers-json.ts';

/** The body of a PATCH of a customer: a list, unlike the PATCH calls of other resources. */
export const operationsSchema = z
  .array(
    z.object({
      op: z.enum(['add', 'remove', 'replace']),
      /** Its numbers are ids of entries, not positions as in JSON Patch. */
      path: z.string(),
      value: z.unknown().optional(),
    }),
    'must be an array',
  )
  .min(1);
type Operation = z.infer<typeof operationsSchema>[number];

interface Place {
  /** Where the operation stands in the body: `[0]`. */
  at: string;
  /** For an added entry. */
  newEntryId: number;
}

const ADDRESS_FIELDS = ['city', 'country', 'lines', 'postalCode', 'state'] as const;

/** The customer after one operation of a PATCH; throws the 400 that names what is wrong with it. */
export function applyOperation(customer: Customer, operation: Operation, place: Place): Customer {
  const [empty, name = '', second, third, ...rest] = operation.path.split('/');
  if (empty !== '' || rest.length > 0) throw badPath(operation, place);
  const scalar = SCALARS.find((field) => field === name);
  if (scalar && second === undefined) return withScalar(customer, scalar, operation, place);
  if (name === 'address' && second !== undefined && third === undefined) {
    return withAddressField(customer, second, operation, place);
  }
  const kind = ENTRY_KINDS.find((candidate) => ENTRY_PATHS[candidate] === name);
  if (kind === undefined) throw badPath(operation, place);
  if (second === undefined) return withNewEntry(customer, kind, operation, place);
  return withEntry(customer, kind, { id: second, field: third }, operation, place);
}

function withScalar(customer: Customer, field: Scalar, { op, value }: Operation, { at }: Place): Customer {
  if (op === 'remove') return { ...customer, [field]: emptyCustomer(customer.id, 0)[field] };
  return { ...customer, [field]: parseInput(overwriteSchema.shape[field].unwrap(), value, `${at}.value`) };
}

function withAddressField(customer: Customer, field: string, operation: Operation, place: Place): Customer {
  const known = ADDRESS_FIELDS.find((candidate) => candidate === field);
  if (known === undefined) throw badPath(operation, place);
  const address = customer.address ?? parseInput(addressSchema, {});
  const isRemoved = operation.op === 'remove';
  const value = parseInput(addressSchema.shape[known], isRemoved ? undefined : operation.value, `${place.at}.value`);
  return { ...customer, address: { ...address, [known]: value } };
}

/** A collection only takes new entries: removing or replacing it whole is refused. */
function withNewEntry(customer: Customer, kind: EntryKind, operation: Operation, place: Place): Customer {
  if (operation.op !== 'add') throw badOperation(operation, place);
  const entry = parseInput(entrySchemas[kind], operation.value, `${place.at}.value`);
  return { ...customer, [kind]: [...customer[kind], { id: place.newEntryId, ...entry }] };
}

function withEntry(
  customer: Customer,
  kind: EntryKind,
  target: { id: string; field: string | undefined },
  operation: Operation,
  place: Place,
): Customer {
  const entry = customer[kind].find(({ id }) => String(id) === target.id);
  if (!entry) throw badPath(operation, place);
  if (operation.op === 'remove' && target.field === undefined) {
    return { ...customer, [kind]: customer[kind].filter((known) => known !== entry) };
  }
  if (operation.op !== 'replace') throw badOperation(operation, place);
  const isField = target.field === 'value' || (target.field === 'type' && entry.type !== null);
  if (target.field !== undefined && !isField) throw badPath(operation, place);
  const body = target.field === undefined ? operation.value : { ...entry, [target.field]: operation.value };
  const changed = { id: entry.id, ...parseInput(entrySchemas[kind], body, `${place.at}.value`) };
  return { ...customer, [kind]: customer[kind].map((known) => (known === entry ? changed : known)) };
}

function badPath({ path }: Operation, { at }: Place): ApiError {
  const error = {
    path: `${at}.path`,
    message: 'names nothing that can be changed',
    code: 'Invalid',
    rejectedValue: path,
  };
  return new ApiError(400, 'Bad request', [error]);
}

function badOperation({ op }: Operation, { at }: Place): ApiError {
  const error = { path: `${at}.op`, message: 'is not possible at this path', code: 'Invalid', rejectedValue: op };
  return new ApiError(400, 'Bad request', [error]);
}
