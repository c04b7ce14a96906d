import { randomUUID } from 'node:crypto';
import type { Pattern } from '../../../domain/pattern.ts';
import type { PatternDecision, PatternMember } from '../../../domain/pattern-decision.ts';
import { memberKey } from '../../../domain/pattern-links.ts';
import { type Decider, decide, impossible, openPattern, type PatternDeps } from './decide.ts';
import { relabelPattern } from './label-pattern.ts';

/** More than this at once is no choice that a person made. */
export const SPLIT_AT_MOST = 500;

/**
 * "Not the same": takes conversations out of a pattern, into a new one or another. The two are never joined again.
 * @param to the other pattern; null begins a new one, with `title` if there is one
 * @throws RequestProblem 404 without such patterns, 409 when the choice does not fit
 */
export async function splitPattern(
  deps: PatternDeps,
  decider: Decider,
  split: { patternId: string; members: readonly PatternMember[]; to: string | null; title?: string },
): Promise<PatternDecision> {
  const from = await openPattern(deps, decider.organizationId, split.patternId);
  const members = await membersOf(deps, from, split.members);
  const all = await deps.storage.patternMembers.inPatterns(from.organizationId, [from.patternId]);
  if (members.length >= all.length) throw nothingLeft();
  const target = split.to === null ? null : await otherPattern(deps, from, split.to);
  const changeId = decider.changeId ?? randomUUID();
  const to = target?.patternId ?? `${from.integrationId}-split-${changeId}`;
  const change = { kind: 'split', from: from.patternId, to, startsPattern: !target, members } as const;
  const decision = await decide(deps, { ...decider, changeId }, from.integrationId, { ...change, members });
  if (!target && split.title) {
    const named = { organizationId: decider.organizationId, by: decider.by, changeId: `${changeId}-title` };
    await relabelPattern(deps, named, { patternId: to, title: split.title });
  }
  return decision;
}

/** Puts one conversation (or one issue of it) into another pattern, where every later run leaves it. */
export async function moveConversation(
  deps: PatternDeps,
  decider: Decider,
  { patternId, member, to }: { patternId: string; member: PatternMember; to: string },
): Promise<PatternDecision> {
  const from = await openPattern(deps, decider.organizationId, patternId);
  const members = await membersOf(deps, from, [member]);
  const target = await otherPattern(deps, from, to);
  const change = { kind: 'move', from: from.patternId, to: target.patternId, members } as const;
  return decide(deps, decider, from.integrationId, { ...change, members });
}

async function otherPattern(deps: PatternDeps, from: Pattern, patternId: string): Promise<Pattern> {
  const target = await openPattern(deps, from.organizationId, patternId);
  if (target.patternId === from.patternId || target.integrationId !== from.integrationId) {
    throw impossible('noOtherPattern', 'This is no other pattern of this connection.', 'Choose another one.');
  }
  return target;
}

/** Those that were named, once each. @throws 409 when one of them is not in the pattern (any more), or none was named */
async function membersOf(
  { storage }: PatternDeps,
  { organizationId, integrationId, patternId }: Pattern,
  members: readonly PatternMember[],
): Promise<PatternMember[]> {
  const wanted = [...new Map(members.map((member) => [memberKey(member), member])).values()];
  const ids = wanted.map(({ conversationId }) => conversationId);
  const now = await storage.patternMembers.ofConversations(organizationId, integrationId, ids);
  const here = new Set(now.filter((member) => member.patternId === patternId).map(memberKey));
  if (wanted.length === 0 || wanted.length > SPLIT_AT_MOST || !wanted.every((member) => here.has(memberKey(member)))) {
    throw impossible(
      'notInPattern',
      wanted.length === 0 ? 'No conversation was chosen.' : 'Not all of these conversations are in this pattern.',
      `Look at the list again and choose up to ${SPLIT_AT_MOST} of its conversations.`,
    );
  }
  return wanted;
}

const nothingLeft = () =>
  impossible(
    'nothingLeft',
    'All of its conversations were chosen: nothing would be left.',
    'Choose some of them, or merge the whole pattern into another.',
  );
