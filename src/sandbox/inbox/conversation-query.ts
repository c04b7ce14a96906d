import { type Expression, parseQuery, QueryError } from '../http/query-expression.ts';
import { type NumberRange, numberRangeOf, timeRangeOf, wordMatcher } from '../http/query-values.ts';
import { CONVERSATION_STATUSES, type Conversation } from '../store/model.ts';
import { plainText } from '../store/plain-text.ts';
import type { Store } from '../store/store.ts';

export type RowMatcher = (row: number) => boolean;
type Leaf = Extract<Expression, { kind: 'term' | 'range' }>;
type Term = Extract<Expression, { kind: 'term' }>;

/** A part of an expression, and whether it has to look into the conversation: such parts are asked last. */
interface Part {
  matches: RowMatcher;
  isCostly: boolean;
}

/** Search expressions of the conversation list, over the rows of the search index. */
export function createConversationQuery({ conversations, customers, directory }: Store, now: () => number) {
  const { columns } = conversations;

  const cheap = (matches: RowMatcher): Part => ({ matches, isCostly: false });
  const within = (range: NumberRange, columnOf: (row: number) => number): Part =>
    cheap((row) => columnOf(row) >= range.min && columnOf(row) <= range.max);
  const inside = (matches: (conversation: Conversation) => boolean): Part => ({
    isCostly: true,
    matches(row) {
      const conversation = conversations.indexed(row);
      return conversation !== null && matches(conversation);
    },
  });

  const fields: Record<string, (leaf: Leaf) => Part> = {
    subject: (leaf) => {
      const has = wordMatcher(termOf(leaf));
      return { isCostly: true, matches: (row) => has(conversations.indexedSubject(row)) };
    },
    body: (leaf) => {
      const has = wordMatcher(termOf(leaf));
      return inside(({ threads }) => threads.some((thread) => has(plainText(thread))));
    },
    tag: (leaf) => {
      const is = nameMatcher(termOf(leaf));
      return cheap((row) => [...columns.tags(row)].some(is));
    },
    mailbox: (leaf) => {
      const is = nameMatcher(termOf(leaf));
      const ids = new Set(directory.mailboxes.all().flatMap(({ id, name }) => (is(name) ? [id] : [])));
      return cheap((row) => ids.has(columns.mailboxId(row)));
    },
    mailboxid: (leaf) => within(numberRangeOf(leaf), columns.mailboxId),
    email: (leaf) => emailPart(termOf(leaf)),
    customerIds: (leaf) => within(numberRangeOf(leaf), columns.customerId),
    number: (leaf) => within(numberRangeOf(leaf), (row) => row + 1),
    id: (leaf) => within(numberRangeOf(leaf), conversations.idOf),
    assigned: (leaf) => assigned(termOf(leaf)),
    attachments: (leaf) => {
      const wanted = oneOf(termOf(leaf), ['true', 'false']) === 'true';
      return cheap((row) => columns.hasAttachments(row) === wanted);
    },
    replyUserIds: (leaf) => {
      const { min, max } = numberRangeOf(leaf);
      return inside(({ threads }) =>
        threads.some(
          ({ type, author: { type: by, id } }) => type === 'message' && by === 'user' && id >= min && id <= max,
        ),
      );
    },
    createdAt: (leaf) => within(timeRangeOf(leaf, now()), columns.createdAtMs),
    modifiedAt: (leaf) => within(timeRangeOf(leaf, now()), columns.modifiedAtMs),
    status: (leaf) => {
      const status = oneOf(termOf(leaf), [...CONVERSATION_STATUSES, 'open']);
      if (status === 'open') return cheap((row) => isOpen(columns.status(row)));
      return cheap((row) => columns.status(row) === status);
    },
  };

  /** Any address of the customer's profile, or of the copies, that contains the text. */
  function emailPart({ value }: Term): Part {
    const wanted = value.toLowerCase().replaceAll('*', '');
    const has = (address: string) => address.toLowerCase().includes(wanted);
    const byCustomer = new Map<number, boolean>();
    const isCustomers = (id: number): boolean => {
      const known = byCustomer.get(id) ?? customers.get(id)?.emails.some((entry) => has(entry.value)) ?? false;
      byCustomer.set(id, known);
      return known;
    };
    const isCopied = inside(({ cc, bcc, threads }) =>
      [{ cc, bcc }, ...threads].some((copies) => copies.cc.some(has) || copies.bcc.some(has)),
    );
    return {
      isCostly: true,
      matches: (row) => isCustomers(columns.customerId(row)) || (columns.hasCopies(row) && isCopied.matches(row)),
    };
  }

  function assigned(term: Term): Part {
    if (term.value.toLowerCase() === 'unassigned') return cheap((row) => columns.assigneeId(row) === null);
    const is = nameMatcher(term);
    const users = directory.users.all().filter(({ first, last }) => is(`${first} ${last}`) || is(first));
    const teams = directory.teams.all().filter(({ name }) => is(name));
    const ids = new Set<number | null>([...users, ...teams].map(({ id }) => id));
    return cheap((row) => ids.has(columns.assigneeId(row)));
  }

  function partOf(expression: Expression): Part {
    switch (expression.kind) {
      case 'not': {
        const { matches, isCostly } = partOf(expression.of);
        return { matches: (row) => !matches(row), isCostly };
      }
      case 'and':
      case 'or': {
        const parts = expression.of.map(partOf).sort((one, other) => Number(one.isCostly) - Number(other.isCostly));
        const isCostly = parts.some((part) => part.isCostly);
        const method = expression.kind === 'and' ? 'every' : 'some';
        return { matches: (row) => parts[method](({ matches }) => matches(row)), isCostly };
      }
      default:
        return leafPart(expression);
    }
  }

  /** Words that name no field are looked for in subjects and texts. */
  function leafPart(leaf: Leaf): Part {
    if (leaf.field === null) {
      return partOf({ kind: 'or', of: ['subject', 'body'].map((field) => ({ ...leaf, field })) });
    }
    const field = Object.hasOwn(fields, leaf.field) ? fields[leaf.field] : undefined;
    if (!field) throw new QueryError(`there is no search field ${leaf.field}`);
    return field(leaf);
  }

  /** Throws `QueryError` for what cannot be understood. */
  return (text: string): RowMatcher => partOf(parseQuery(text)).matches;
}

/** What the list's filter `open` means: active or pending. */
export function isOpen(status: Conversation['status']): boolean {
  return status === 'active' || status === 'pending';
}

function termOf(leaf: Leaf): Term {
  if (leaf.kind === 'range') throw new QueryError(`the search field ${leaf.field} takes no range`);
  return leaf;
}

function oneOf(term: Term, allowed: readonly string[]): string {
  const value = term.value.toLowerCase();
  if (!allowed.includes(value)) throw new QueryError(`expected one of these: ${allowed.join(', ')}`);
  return value;
}

/** Names are compared whole and without case; `*` stands for anything. */
function nameMatcher({ value }: Term): (name: string) => boolean {
  const parts = value.toLowerCase().split('*');
  if (parts.length === 1) return (name) => name.toLowerCase() === value.toLowerCase();
  const [start = '', end = ''] = [parts[0], parts.at(-1)];
  return (name) => {
    const key = name.toLowerCase();
    return key.length >= start.length + end.length && key.startsWith(start) && key.endsWith(end);
  };
}
