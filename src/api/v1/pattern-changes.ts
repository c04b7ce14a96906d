import { z } from 'zod';
import { CATEGORIES } from '../../domain/category.ts';
import { patternDecisionSchema, patternMemberSchema } from '../../domain/pattern-decision.ts';
import { openPattern, REASON_LENGTH } from '../commands/patterns/decide.ts';
import { dismissPattern, relabelPattern, snoozePattern, TITLE_LENGTH } from '../commands/patterns/label-pattern.ts';
import { keepApart, mergePatterns } from '../commands/patterns/merge-patterns.ts';
import { moveConversation, SPLIT_AT_MOST, splitPattern } from '../commands/patterns/split-pattern.ts';
import { undoChange } from '../commands/patterns/undo-change.ts';
import { suggestedPairs } from '../readers/similar-patterns.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { id } from './parameters.ts';

const changeSchema = patternDecisionSchema
  .omit({ organizationId: true, seq: true, lifts: true, decisionId: true, undone: true })
  .extend({
    changeId: z.string().describe('Takes it back.'),
    undone: z.object({ at: z.date(), by: z.string() }).nullable(),
  })
  .meta({
    id: 'PatternChange',
    description: 'A decision about patterns; it holds for every later run until it is taken back.',
  });

const params = z.object({ patternId: id('Of the pattern.') });
const reason = z.string().max(REASON_LENGTH).default('').describe('Kept in the history.');
const other = (what: string) => z.string().min(1).max(300).describe(what);

/** What the changes of one pattern share: `POST /patterns/{patternId}/{verb}`. */
const change = (verb: string, summary: string, codes: readonly string[]) => ({
  ...({
    method: 'post',
    path: `/api/v1/patterns/:patternId/${verb}`,
    scope: 'insights:write',
    tag: 'Patterns',
  } as const),
  ...{ summary, problems: { 409: codes }, params, response: changeSchema },
});

const deciderOf = (
  { organizationId, caller }: { organizationId: string; caller: { by: string } },
  { reason }: { reason: string },
) => ({ organizationId, by: caller.by, reason });

const out = ({ decisionId, ...rest }: Awaited<ReturnType<typeof undoChange>>) => ({ ...rest, changeId: decisionId });

const merge = apiEndpoint({
  ...change('merge', 'Merge a pattern into another', ['samePattern', 'otherAccount', 'keptApart']),
  body: z.strictObject({
    into: other('The pattern that stays.'),
    despite: z.boolean().default(false).describe('Also where somebody said "not the same".'),
    reason,
  }),
  handler:
    (deps) =>
    async ({ body, params: { patternId }, ...call }) => {
      const { into, despite } = body;
      return out(await mergePatterns(deps, deciderOf(call, body), { patternId, into, despite }));
    },
});

const apart = apiEndpoint({
  ...change('keep-apart', 'Say that two patterns are not the same', ['samePattern', 'otherAccount']),
  body: z.strictObject({ other: other('The other pattern.'), reason }),
  handler:
    (deps) =>
    async ({ body, params: { patternId }, ...call }) => {
      return out(await keepApart(deps, deciderOf(call, body), { patternId, other: body.other }));
    },
});

const split = apiEndpoint({
  ...change('split', 'Split conversations off a pattern', ['notInPattern', 'nothingLeft', 'noOtherPattern']),
  body: z.strictObject({
    members: z.array(patternMemberSchema).min(1).max(SPLIT_AT_MOST),
    into: z.string().max(300).nullable().default(null).describe('Another pattern; null begins a new one.'),
    title: z.string().max(TITLE_LENGTH).default('').describe('Of a new one.'),
    reason,
  }),
  handler:
    (deps) =>
    async ({ body, params: { patternId }, ...call }) => {
      const { members, into, title } = body;
      return out(await splitPattern(deps, deciderOf(call, body), { patternId, members, to: into, title }));
    },
});

const move = apiEndpoint({
  ...change('move', 'Move one conversation to another pattern', ['notInPattern', 'noOtherPattern']),
  body: z.strictObject({ member: patternMemberSchema, into: other('Where it belongs.'), reason }),
  handler:
    (deps) =>
    async ({ body, params: { patternId }, ...call }) => {
      const { member, into } = body;
      return out(await moveConversation(deps, deciderOf(call, body), { patternId, member, to: into }));
    },
});

const relabel = apiEndpoint({
  ...change('relabel', 'Give a pattern another title or category', ['nothingChanged']),
  body: z.strictObject({
    title: z.string().max(TITLE_LENGTH).default('').describe('Empty: as it was.'),
    category: z.enum(CATEGORIES).nullable().default(null).describe('Null: as it was.'),
    reason,
  }),
  handler:
    (deps) =>
    async ({ body, params: { patternId }, ...call }) => {
      const { title, category } = body;
      return out(await relabelPattern(deps, deciderOf(call, body), { patternId, title, category }));
    },
});

const dismiss = apiEndpoint({
  ...change('dismiss', 'Dismiss a pattern', ['reasonMissing']),
  body: z.strictObject({ reason: z.string().min(1).max(REASON_LENGTH) }),
  handler:
    (deps) =>
    async ({ body, params: { patternId }, ...call }) => {
      return out(await dismissPattern(deps, deciderOf(call, body), patternId));
    },
});

const snooze = apiEndpoint({
  ...change('snooze', 'Snooze a pattern until it has grown', ['noCount']),
  body: z.strictObject({ more: z.number().int().min(1).max(100_000).describe('Conversations from now on.'), reason }),
  handler:
    (deps) =>
    async ({ body, params: { patternId }, ...call }) => {
      const { more } = body;
      return out(await snoozePattern(deps, deciderOf(call, body), { patternId, more }));
    },
});

const undo = apiEndpoint({
  method: 'post',
  path: '/api/v1/pattern-changes/:changeId/undo',
  scope: 'insights:write',
  tag: 'Patterns',
  summary: 'Take back a decision about patterns',
  problems: { 409: ['alreadyUndone'] },
  params: z.object({ changeId: id('Of the decision.') }),
  response: changeSchema,
  handler:
    (deps) =>
    async ({ organizationId, caller: { by }, params: { changeId } }) =>
      out(await undoChange(deps, { organizationId, by }, changeId)),
});

const history = apiEndpoint({
  method: 'get',
  path: '/api/v1/patterns/:patternId/history',
  scope: 'insights:read',
  tag: 'Patterns',
  summary: 'List what was decided about a pattern',
  description: 'Newest first, the latest 200, those that were taken back too.',
  params,
  response: z.object({ data: z.array(changeSchema) }),
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { patternId } }) => {
      const pattern = await openPattern({ storage }, organizationId, patternId);
      const decisions = await storage.patternDecisions.ofPatterns(organizationId, [pattern.patternId, patternId]);
      return { data: decisions.map(out) };
    },
});

const pairSchema = z.object({ patternId: z.string(), title: z.string() });
const suggestions = apiEndpoint({
  method: 'get',
  path: '/api/v1/pattern-suggestions',
  scope: 'insights:read',
  tag: 'Patterns',
  summary: 'List patterns that may be the same',
  description: 'Pairs on which nobody has decided, most similar first, at most 50.',
  response: z.object({ data: z.array(z.object({ a: pairSchema, b: pairSchema, similarity: z.number() })) }),
  handler:
    ({ storage }) =>
    async ({ organizationId }) => ({ data: await suggestedPairs(storage, organizationId, { limit: 50 }) }),
});

export const patternChangeApi = [merge, apart, split, move, relabel, dismiss, snooze, undo, history, suggestions];
