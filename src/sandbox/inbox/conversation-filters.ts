import { z } from 'zod';
import { ApiError } from '../http/envelope.ts';
import { QueryError } from '../http/query-expression.ts';
import { wordMatcher } from '../http/query-values.ts';
import { mailboxFieldsOf } from '../store/mailbox-fields.ts';
import type { Store } from '../store/store.ts';
import { folderIdOf } from './conversation-json.ts';
import { createConversationQuery, isOpen, type RowMatcher } from './conversation-query.ts';
import { idListParameter, idParameter, nameListParameter, pairListParameter, timeParameter } from './parameters.ts';

/** The filters that every list of conversations takes. */
export const filterSchema = z.object({
  mailbox: idListParameter.optional(),
  folder: idParameter.optional(),
  status: z.enum(['active', 'all', 'closed', 'open', 'pending', 'spam']).default('active'),
  tag: nameListParameter.optional(),
  assigned_to: idParameter.optional(),
  modifiedSince: timeParameter.optional(),
  number: idParameter.optional(),
  query: z.string().min(1).optional(),
  customFieldsByIds: pairListParameter.optional(),
});
export type Filters = z.infer<typeof filterSchema>;

/** Turns filters into a question to rows of the search index: all must hold; several tags or mailboxes mean any of them. */
export function createConversationFilters(store: Store, now: () => number) {
  const { conversations } = store;
  const { columns } = conversations;
  const queryMatcher = createConversationQuery(store, now);

  /** Exact but for single-line texts, which are searched for words. */
  function fieldsMatcher(pairs: readonly { id: number; value: string }[]): RowMatcher {
    const wanted = pairs.map((pair) => ({ ...pair, isIn: wordMatcher({ value: pair.value, isPhrase: true }) }));
    return (row) => {
      const conversation = columns.hasFields(row) ? conversations.indexed(row) : null;
      if (!conversation) return false;
      const types = new Map(mailboxFieldsOf(conversation.mailboxId).map(({ id, type }) => [id, type]));
      return wanted.every(({ id, value, isIn }) => {
        const own = conversation.fields.find((field) => field.id === id)?.value;
        if (own === undefined) return false;
        return types.get(id) === 'singleline' ? isIn(own) : own === value;
      });
    };
  }

  /** What cannot be understood is the 400 that names the parameter. */
  function understood<T>(path: string, rejectedValue: string | undefined, understand: () => T): T {
    try {
      return understand();
    } catch (error) {
      if (error instanceof QueryError) throw invalid(path, error.message, rejectedValue);
      throw error;
    }
  }

  /** The cheap ones first. Throws 400 for what only shows when filters are looked at together. */
  return (filters: Filters): RowMatcher => {
    const { mailbox, folder, status, tag, assigned_to: assignedTo, modifiedSince, number, query } = filters;
    const fields = filters.customFieldsByIds;
    const tests: RowMatcher[] = [];
    if (status === 'open') tests.push((row) => isOpen(columns.status(row)));
    else if (status !== 'all') tests.push((row) => columns.status(row) === status);
    if (mailbox) tests.push((row) => mailbox.has(columns.mailboxId(row)));
    if (modifiedSince !== undefined) tests.push((row) => columns.modifiedAtMs(row) > modifiedSince);
    if (number !== undefined) tests.push((row) => row + 1 === number);
    if (assignedTo !== undefined) tests.push((row) => columns.assigneeId(row) === assignedTo);
    if (tag) tests.push((row) => [...columns.tags(row)].some((name) => tag.has(name)));
    if (folder !== undefined) {
      tests.push((row) => folderIdOf({ mailboxId: columns.mailboxId(row), status: columns.status(row) }) === folder);
    }
    if (fields) {
      if (!mailbox) throw invalid('customFieldsByIds', 'needs the parameter mailbox', undefined);
      tests.push(understood('customFieldsByIds', undefined, () => fieldsMatcher(fields)));
    }
    if (query !== undefined) tests.push(understood('query', query, () => queryMatcher(query)));
    return (row) => tests.every((test) => test(row));
  };
}

function invalid(path: string, message: string, rejectedValue: string | undefined): ApiError {
  return new ApiError(400, 'Bad request', [{ path, message, code: 'Invalid', rejectedValue }]);
}
