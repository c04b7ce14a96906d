import type { WorkflowHandle } from '@temporalio/client';
import { z } from 'zod';
import {
  cancelScanUpdate,
  integrationWorkflowId,
  pauseByUpdate,
  resumeUpdate,
  testConnectionUpdate,
} from '../../workflows/contract.ts';
import { askIntegration } from '../commands/ask-integration.ts';
import { integrationStatus, ownIntegration } from '../readers/integration.ts';
import { ask } from '../temporal/ask.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { diagnosisOutSchema, toDiagnosis } from './diagnosis.ts';
import { integrationOutSchema, integrationStatusSchema } from './integration-schemas.ts';
import { id } from './parameters.ts';
import { conflict } from './problems.ts';
import { scanApi } from './scans.ts';

const tag = 'Integrations';
const params = z.object({ integrationId: id('Of the integration.') });

const listIntegrations = apiEndpoint({
  method: 'get',
  path: '/api/v1/integrations',
  scope: 'settings:read',
  tag,
  summary: 'List integrations',
  description: 'Newest first, disconnected ones too.',
  response: z.object({ data: z.array(integrationOutSchema) }),
  handler:
    ({ storage }) =>
    async ({ organizationId }) => ({ data: await storage.integrations.list(organizationId) }),
});

const getIntegration = apiEndpoint({
  method: 'get',
  path: '/api/v1/integrations/:integrationId',
  scope: 'settings:read',
  tag,
  summary: 'Get one integration',
  params,
  response: integrationOutSchema,
  handler:
    ({ storage }) =>
    ({ organizationId, params: { integrationId } }) =>
      ownIntegration(storage, organizationId, integrationId),
});

const getStatus = apiEndpoint({
  method: 'get',
  path: '/api/v1/integrations/:integrationId/status',
  scope: 'settings:read',
  tag,
  summary: 'Ask what an integration does now',
  params,
  response: integrationStatusSchema,
  handler:
    (deps) =>
    async ({ organizationId, params: { integrationId } }) =>
      integrationStatus(deps, await ownIntegration(deps.storage, organizationId, integrationId)),
});

const action = <T>(
  name: string,
  summary: string,
  done: string,
  update: (workflow: WorkflowHandle, by: string) => Promise<T>,
) =>
  apiEndpoint({
    method: 'post',
    path: `/api/v1/integrations/:integrationId/${name}`,
    scope: 'settings:write',
    tag,
    summary,
    params,
    response: integrationStatusSchema,
    problems: { 409: ['notPossibleNow'] },
    handler:
      (deps) =>
      async ({ organizationId, caller, params: { integrationId } }) => {
        const wish = { action: done, by: caller.by, update: (asked: WorkflowHandle) => update(asked, caller.by) };
        const answer = await askIntegration(deps, organizationId, integrationId, wish);
        if (!answer.granted) throw conflict(answer.code ?? 'notPossibleNow', answer.message, answer.remedy);
        return integrationStatus(deps, await ownIntegration(deps.storage, organizationId, integrationId));
      },
  });

const testConnection = apiEndpoint({
  method: 'post',
  path: '/api/v1/integrations/:integrationId/test',
  scope: 'settings:write',
  tag,
  summary: 'Test the connection to Help Scout',
  description: 'Step by step; what does not work is part of the answer.',
  params,
  response: diagnosisOutSchema,
  problems: { 409: ['notPossibleNow'] },
  handler:
    ({ storage, temporal }) =>
    async ({ organizationId, caller, params: { integrationId } }) => {
      await ownIntegration(storage, organizationId, integrationId);
      const answer = await ask(temporal, integrationWorkflowId(integrationId), (workflow) =>
        workflow.executeUpdate(testConnectionUpdate, { args: [{ by: caller.by }] }),
      );
      if (!answer.granted) throw conflict(answer.code ?? 'notPossibleNow', answer.message, answer.remedy);
      return toDiagnosis(answer.value);
    },
});

export const integrationApi = [
  listIntegrations,
  getIntegration,
  getStatus,
  action('pause', 'Pause an integration', 'paused', (workflow, by) =>
    workflow.executeUpdate(pauseByUpdate, { args: [{ by }] }),
  ),
  action('resume', 'Resume an integration', 'resumed', (workflow) => workflow.executeUpdate(resumeUpdate)),
  action('cancel-scan', 'Cancel the scan under way', 'cancelled a scan', (workflow) =>
    workflow.executeUpdate(cancelScanUpdate),
  ),
  ...scanApi,
  testConnection,
];
