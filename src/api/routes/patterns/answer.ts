import type { PatternChange, PatternDecision } from '../../../domain/pattern-decision.ts';
import { patternHref, withQuery } from '../../../ui/links.ts';
import { RequestProblem } from '../../errors.ts';
import { type Reply, redirect } from '../../reply.ts';

/** Shows the pattern after a decision, with a button that takes it back; a refusal goes back to where it was asked. */
export async function answerDecision(deciding: Promise<PatternDecision>, asked: string): Promise<Reply> {
  try {
    const { decisionId, change } = await deciding;
    return redirect(withQuery(patternHref(shownAfter(change)), { changed: decisionId }));
  } catch (error) {
    return refusal(error, asked);
  }
}

/** What is not possible as things are is said on the page; everything else is thrown on. */
export function refusal(error: unknown, asked: string): Reply {
  if (!(error instanceof RequestProblem) || error.problem.status !== 409) throw error;
  return redirect(asked, { kind: 'error', text: `${error.problem.sentence} ${error.problem.remedy}` });
}

/** The pattern that a decision is looked at on. */
export function shownAfter(change: PatternChange): string {
  if (change.kind === 'merge') return change.into;
  if (change.kind === 'apart') return change.b;
  return 'patternId' in change ? change.patternId : change.from;
}
