import { randomUUID } from 'node:crypto';
import { cancellationSignal } from '@temporalio/activity';
import { ClassifierError } from '../classify/errors/classifier-error.ts';
import { costOf } from '../classify/prices.ts';
import { type IssueText, SAME_ISSUE_PROMPT_VERSION } from '../classify/same-issue-prompt.ts';
import type { Scope } from '../workflows/contract.ts';
import { createCostCap } from './cost-cap.ts';
import type { ActivityDeps } from './deps.ts';
import { insightsWay, isPaid } from './insights-way.ts';
import { latestMessages } from './pattern-messages.ts';

/** Of a connection's conversations: so many pairs are asked about, all in all. */
export const CALLS_PER_CONVERSATION = 0.3;
/** An activity has ten minutes, and an answer takes some seconds. */
const MOST_AT_ONCE = 80;
/** The latest messages of a pattern. */
const MESSAGES = 3;

/** Says whether two patterns are the same; null when nobody can be asked about them now. */
export type Confirm = (a: string, b: string) => Promise<boolean | null>;

/**
 * Claude as the one who is asked about pairs of patterns that counting words leaves unsure: once for each pair, within
 * the day's cost cap and `CALLS_PER_CONVERSATION`, each call in the cost ledger. A call in flight when a worker is killed
 * is asked again.
 * @returns undefined where Claude does not answer for the organization, or it does not want this
 */
export async function confirmByClaude(
  deps: Pick<ActivityDeps, 'storage' | 'classifierOf' | 'sameIssueOf' | 'now'>,
  scope: Scope,
): Promise<Confirm | undefined> {
  const { storage, now } = deps;
  const { organizationId, integrationId } = scope;
  const way = await insightsWay(deps, scope);
  const judge = way.settings.confirmPatterns && isPaid(way.classifier) ? deps.sameIssueOf?.(way.settings) : null;
  if (!judge) return undefined;
  const cap = createCostCap(deps);
  const [{ count }, asked] = await Promise.all([
    storage.conversations.idsOf(organizationId, integrationId, 1),
    storage.patternJudgements.count(organizationId, integrationId),
  ]);
  let left = Math.min(MOST_AT_ONCE, Math.floor(CALLS_PER_CONVERSATION * count) - asked);

  const ask = async (pair: readonly [string, string]): Promise<boolean | null> => {
    const [one, other] = [await textOf(deps, scope, pair[0]), await textOf(deps, scope, pair[1])];
    const answer = await orNull(judge.judge(one, other, { signal: cancellationSignal() }));
    if (!answer) {
      // What keeps Claude from answering now would meet the next pair too.
      left = 0;
      return null;
    }
    const { same, tokens, requestId } = answer;
    const { model } = judge;
    if (tokens) {
      const callKey = `pattern-${requestId ?? randomUUID()}`;
      const costUsd = costOf(model, tokens, { batch: false });
      const entry = { callKey, purpose: 'pattern' as const, conversationId: null, model, tokens, costUsd, at: now() };
      await storage.costs.note(organizationId, entry);
    }
    const said = { same, model, promptVersion: SAME_ISSUE_PROMPT_VERSION, requestId, at: now() };
    await storage.patternJudgements.note(organizationId, integrationId, pair, said);
    return same;
  };

  return async (a, b) => {
    const known = await storage.patternJudgements.get(organizationId, [a, b]);
    if (known) return known.same;
    if (left <= 0 || (await cap.left(organizationId, way)) === 0) return null;
    left -= 1;
    return ask([a, b]);
  };
}

/** What a pattern is about: its title, and what its latest customers wrote. */
async function textOf({ storage }: Pick<ActivityDeps, 'storage'>, scope: Scope, patternId: string): Promise<IssueText> {
  const pattern = await storage.patterns.get(scope.organizationId, patternId);
  return { title: pattern?.title ?? '', messages: await latestMessages(storage, scope, patternId, MESSAGES) };
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ClassifierError) return null;
    throw error;
  }
}
