import { type AST, type Node, type Operator, parse } from 'lucene';

/** A search expression as a tree. Fields are null where the expression names none. */
export type Expression =
  | { kind: 'term'; field: string | null; value: string; isPhrase: boolean }
  | { kind: 'range'; field: string | null; min: RangeEnd; max: RangeEnd }
  | { kind: 'not'; of: Expression }
  | { kind: 'and' | 'or'; of: Expression[] };

/** One end of a range; the value `*` leaves it open. */
export interface RangeEnd {
  value: string;
  isIncluded: boolean;
}

/** As for everything here, the original's limit is not known; without any, a few expressions would keep the sandbox busy. */
const LONGEST_EXPRESSION = 4000;

/** A search expression cannot be understood. */
export class QueryError extends Error {
  override name = 'QueryError';
}

/**
 * Parses an expression such as `(subject:"export fails" AND NOT tag:done)`. AND binds tighter than OR, and terms side by side
 * are ANDed. Throws `QueryError`.
 */
export function parseQuery(text: string): Expression {
  if (text.length > LONGEST_EXPRESSION) {
    throw new QueryError(`a search expression may have at most ${LONGEST_EXPRESSION} characters`);
  }
  // The parser overlooks an operator with nothing after it.
  if (/(^|[\s(])(AND|OR|NOT)\s*(\)|$)/.test(text.replace(/"[^"]*"/g, '""'))) {
    throw new QueryError('an operator of the search expression has nothing after it');
  }
  let ast: AST;
  try {
    ast = parse(text);
  } catch {
    throw new QueryError('the search expression cannot be parsed');
  }
  return fromAst(ast, null);
}

/** The parser nests a chain of operators to the right whatever they are, so it is taken apart and put together anew. */
function fromAst(ast: AST, field: string | null): Expression {
  const inherited = named(ast.field) ?? field;
  const alternatives: Expression[][] = [[]];
  const add = (operator: Operator | undefined, expression: Expression) => {
    if (operator === 'OR' || operator === 'OR NOT') alternatives.push([]);
    alternatives.at(-1)?.push(operator?.endsWith('NOT') ? { kind: 'not', of: expression } : expression);
  };

  let rest: AST = ast;
  add('start' in rest ? rest.start : undefined, fromPart(rest.left, inherited));
  while ('operator' in rest) {
    const { operator, right }: { operator: Operator; right: AST | Node } = rest;
    if (!('left' in right) || right.parenthesized) {
      add(operator, fromPart(right, inherited));
      break;
    }
    add(operator, fromPart(right.left, inherited));
    rest = right;
  }
  return joined(
    'or',
    alternatives.map((all) => joined('and', all)),
  );
}

function joined(kind: 'and' | 'or', of: Expression[]): Expression {
  const [only, ...others] = of;
  return only !== undefined && others.length === 0 ? only : { kind, of };
}

function fromPart(part: AST | Node, field: string | null): Expression {
  if (part === undefined || part === null) throw new QueryError('the search expression is empty');
  if ('left' in part) return fromAst(part, field);
  const sign = part.field.charAt(0);
  const ownField = named(sign === '-' || sign === '+' ? part.field.slice(1) : part.field) ?? field;
  const expression = fromNode(part, ownField);
  const isExcluded = sign === '-' || ('prefix' in part && part.prefix === '-');
  return isExcluded ? { kind: 'not', of: expression } : expression;
}

function fromNode(node: Node, field: string | null): Expression {
  if ('term' in node) return { kind: 'term', field, value: node.term, isPhrase: node.quoted };
  const { inclusive, term_min: min, term_max: max } = node;
  return {
    kind: 'range',
    field,
    min: { value: min, isIncluded: inclusive === 'both' || inclusive === 'left' },
    max: { value: max, isIncluded: inclusive === 'both' || inclusive === 'right' },
  };
}

function named(field: string | undefined): string | null {
  return field === undefined || field === '<implicit>' || field === '' ? null : field;
}
