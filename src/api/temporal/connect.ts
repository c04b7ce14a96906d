import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Integration } from '../../domain/integration.ts';
import {
  type ConnectResult,
  connectUpdate,
  INTEGRATION_WORKFLOW,
  type IntegrationInput,
  integrationWorkflowId,
  reauthorizedUpdate,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
} from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { type Answer, answerOf, ask } from './ask.ts';

/**
 * Tells the integration's workflow that a new authorization code is stored: the workflow of a first connection is
 * started by this, an older one takes the new access over.
 */
export async function authorized(
  { temporal, config }: Pick<Deps, 'temporal' | 'config'>,
  { organizationId, integrationId, state }: Integration,
): Promise<Answer<ConnectResult>> {
  const workflowId = integrationWorkflowId(integrationId);
  if (state !== 'connecting')
    return ask(temporal, workflowId, (workflow) => workflow.executeUpdate(reauthorizedUpdate));
  const input: IntegrationInput = { organizationId, integrationId, settings: config.settings };
  return answerOf(temporal, () =>
    temporal.workflow.executeUpdateWithStart(connectUpdate, {
      startWorkflowOperation: new WithStartWorkflowOperation(INTEGRATION_WORKFLOW, {
        workflowId,
        taskQueue: TASK_QUEUE,
        args: [input],
        // A try that was refused leaves its workflow waiting for another one.
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: 'Help Scout connection',
        typedSearchAttributes: [
          { key: SEARCH_ATTRIBUTES.organizationId, value: organizationId },
          { key: SEARCH_ATTRIBUTES.integrationId, value: integrationId },
        ],
      }),
    }),
  );
}
