import type { PatternDecision } from '../../../domain/pattern-decision.ts';
import { settlePatterns } from '../../../storage/settle-patterns.ts';
import { notFound } from '../../errors.ts';
import { impossible, type PatternDeps } from './decide.ts';

/**
 * Takes a decision back, a person's or an automatic run's: everything is as if it had not been made. What an automatic
 * run had joined is kept apart from then on.
 * @throws RequestProblem 404 without such a decision, 409 when it was taken back before
 */
export async function undoChange(
  { storage, now }: PatternDeps,
  { organizationId, by }: { organizationId: string; by: string },
  changeId: string,
): Promise<PatternDecision> {
  if (!(await storage.patternDecisions.get(organizationId, changeId))) throw notFound();
  const undone = await storage.patternDecisions.undo(organizationId, changeId, by, now());
  if (!undone) throw impossible('alreadyUndone', 'This was taken back before.', 'There is nothing left to do.');
  await settlePatterns(storage, organizationId, undone.integrationId);
  await storage.auditTrail.record(organizationId, {
    ...{ at: undone.undone?.at ?? now(), by, action: 'took back a decision about a pattern', target: changeId },
  });
  return undone;
}
