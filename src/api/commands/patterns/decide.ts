import { randomUUID } from 'node:crypto';
import type { Pattern } from '../../../domain/pattern.ts';
import type { PatternChange, PatternDecision } from '../../../domain/pattern-decision.ts';
import { settlePatterns } from '../../../storage/settle-patterns.ts';
import type { Deps } from '../../deps.ts';
import { notFound, RequestProblem } from '../../errors.ts';

export type PatternDeps = Pick<Deps, 'storage' | 'now'>;

/** Who decides, and why; a `changeId` makes repeating harmless. */
export interface Decider {
  organizationId: string;
  by: string;
  reason?: string | undefined;
  changeId?: string | undefined;
}

/** Longest reason that is kept, in characters. */
export const REASON_LENGTH = 500;

/**
 * Writes a decision down and lets follow what does. Once it is written it holds, whatever happens after: an interrupted
 * rest is done by the next that looks.
 */
export async function decide(
  { storage, now }: PatternDeps,
  { organizationId, by, reason = '', changeId = randomUUID() }: Decider,
  integrationId: string,
  change: PatternChange,
  lifts: string[] = [],
): Promise<PatternDecision> {
  const decision = await storage.patternDecisions.add(organizationId, {
    ...{ decisionId: changeId, integrationId, at: now(), by, change, lifts },
    reason: reason.slice(0, REASON_LENGTH),
  });
  await settlePatterns(storage, organizationId, integrationId);
  await storage.auditTrail.record(organizationId, {
    ...{ at: decision.at, by, action: `${DONE[change.kind]} a pattern`, details: decision.reason },
    target: 'patternId' in change ? change.patternId : 'a' in change ? change.a : change.from,
  });
  return decision;
}

const DONE: Readonly<Record<PatternChange['kind'], string>> = {
  merge: 'merged',
  split: 'split',
  move: 'moved a conversation out of',
  apart: 'kept apart',
  relabel: 'relabelled',
  dismiss: 'dismissed',
  snooze: 'snoozed',
};

/** A pattern as it is now; one that was merged stands for the one it was merged into. @throws 404 when there is none */
export async function openPattern(
  { storage }: Pick<PatternDeps, 'storage'>,
  organizationId: string,
  patternId: string,
): Promise<Pattern> {
  const roots = await storage.patternLinks.resolve(organizationId, [patternId]);
  const pattern = await storage.patterns.get(organizationId, roots.get(patternId) ?? patternId);
  if (!pattern) throw notFound();
  return pattern;
}

/** What cannot be decided as things are. */
export const impossible = (code: string, sentence: string, remedy: string) =>
  new RequestProblem({ status: 409, code, sentence, remedy });
