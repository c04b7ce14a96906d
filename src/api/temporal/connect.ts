import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Integration } from '../../domain/integration.ts';
import {
  type ConnectResult,
  connectUpdate,
  INTEGRATION_WORKFLOW,
  type IntegrationInput,
  integrationWorkflowId,
  PRIORITY,
  reauthorizedUpdate,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  takeOverUpdate,
} from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { type Answer, answerOf, ask } from './ask.ts';

/** A new worker replays what may be thousands of signals, and a busy one has not ten seconds of itself for that. */
const TASK_TIMEOUT = '30 seconds';

/**
 * Tells the integration's workflow that a new authorization code is stored: the workflow of a first connection, and of
 * one that was disconnected, is started by this; one that runs takes the new access over.
 * @param takesOver the new integration whose access it takes over instead, since both are of the same account
 */
export async function authorized(
  { temporal, config, storage }: Pick<Deps, 'temporal' | 'config' | 'storage'>,
  { organizationId, integrationId, state }: Integration,
  takesOver?: string,
): Promise<Answer<ConnectResult>> {
  const workflowId = integrationWorkflowId(integrationId);
  if (state !== 'connecting' && state !== 'disconnected')
    return ask(temporal, workflowId, (workflow) => workflow.executeUpdate(reauthorizedUpdate));
  const resumes = await storage.integrations.resume(organizationId, integrationId);
  const input: IntegrationInput = {
    ...{ organizationId, integrationId, settings: config.settings },
    ...(resumes && { resumes }),
  };
  const startWorkflowOperation = new WithStartWorkflowOperation(INTEGRATION_WORKFLOW, {
    workflowId,
    taskQueue: TASK_QUEUE,
    args: [input],
    // A try that was refused leaves its workflow waiting for another one.
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: 'Help Scout connection',
    // People wait for its answers, and everything else for the token that it renews: it does not queue behind them.
    priority: { priorityKey: PRIORITY.person },
    workflowTaskTimeout: TASK_TIMEOUT,
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTES.organizationId, value: organizationId },
      { key: SEARCH_ATTRIBUTES.integrationId, value: integrationId },
    ],
  });
  return answerOf(temporal, () =>
    takesOver === undefined
      ? temporal.workflow.executeUpdateWithStart(connectUpdate, { startWorkflowOperation })
      : temporal.workflow.executeUpdateWithStart(takeOverUpdate, {
          startWorkflowOperation,
          args: [{ integrationId: takesOver }],
        }),
  );
}
