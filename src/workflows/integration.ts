import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { house } from './activity-profiles.ts';
import { classifyWaiting } from './classify-waiting.ts';
import type { IntegrationInput } from './contract.ts';
import { followConversations } from './follow-conversations.ts';
import { isPublished, newIntegrationMemory } from './integration-memory.ts';
import { handleMessages } from './integration-messages.ts';
import { resumedMemory } from './integration-resume.ts';
import type { IntegrationRun } from './integration-run.ts';
import { keepTokenFresh } from './keep-token-fresh.ts';
import { reconcileRegularly } from './reconcile.ts';
import { showState } from './show-state.ts';
import { startQueuedScans } from './start-scan.ts';

/**
 * An organization's connection to one Help Scout account, for as long as it lasts. People ask things of it by updates
 * (integration-messages.ts), Help Scout tells it things by signals; besides answering them it does six things at
 * once: keep the token fresh, read the conversations that Help Scout told about, look for those it did not tell
 * about, classify those that waited for another day's money, scan mailboxes that were added during another scan, and
 * keep pages current. Each of them stops at a safe point when the history is long enough, and the workflow goes on as a
 * new run with everything it remembers.
 */
export async function integration(input: IntegrationInput): Promise<void> {
  const run: IntegrationRun = {
    scope: { organizationId: input.organizationId, integrationId: input.integrationId },
    settings: input.settings,
    memory: input.carried ?? (input.resumes ? resumedMemory(input.resumes) : newIntegrationMemory()),
    stopping: () => run.memory.state === 'disconnected' || run.memory.startsAnew === true || isHistoryLong(input),
  };
  handleMessages(run);

  await Promise.race([keepPagesCurrent(run), workUntilRest(run)]);

  if (run.memory.state === 'disconnected') return;
  await continueAsNew<typeof integration>({ ...input, carried: { ...run.memory, startsAnew: false } });
}

async function workUntilRest(run: IntegrationRun): Promise<void> {
  await Promise.all([
    keepTokenFresh(run),
    followConversations(run),
    reconcileRegularly(run),
    classifyWaiting(run),
    startQueuedScans(run),
  ]);
  await condition(() => allHandlersFinished() && isPublished(run.memory));
}

const isHistoryLong = ({ settings }: IntegrationInput) => {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength >= (settings.maxHistoryEvents ?? Number.POSITIVE_INFINITY);
};

/** Copies each change of state to where people read it. */
async function keepPagesCurrent({ scope, memory }: IntegrationRun): Promise<never> {
  for (;;) {
    await condition(() => !isPublished(memory));
    const { revision, state, mailboxIds } = memory;
    showState(memory);
    await house.saveIntegration(scope, { state, selectedMailboxIds: mailboxIds });
    memory.publishedRevision = revision;
  }
}
