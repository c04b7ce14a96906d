import { z } from 'zod';
import { integrationSchema } from '../../domain/integration.ts';
import { organizationSettingsSchema } from '../../domain/organization-settings.ts';
import { statusReadingSchema } from '../../domain/service-status.ts';
import { syncEventTypeSchema } from '../../domain/sync-event.ts';
import { apiUsage } from '../readers/api-usage.ts';
import { healthFacts } from '../readers/integration-health.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { diagnosisOutSchema, toDiagnosis } from './diagnosis.ts';

const tag = 'Health';
const count = z.number().int().nonnegative();
const outcomes = z.object({ success: count, failed: count });

const healthSchema = z
  .object({
    windows: z.array(
      z.object({
        hours: z.union([z.literal(24), z.literal(48)]),
        all: outcomes,
        byType: z.array(outcomes.extend({ type: syncEventTypeSchema })),
      }),
    ),
    persistent: z
      .array(z.object({ code: z.string(), type: syncEventTypeSchema, count, firstAt: z.date(), lastAt: z.date() }))
      .describe('Causes that three or more rows of the last 48 hours failed by.'),
    calls: z
      .object({ calls: count, limited: count, waits: count, timedOut: count, failed: count })
      .describe('At Help Scout, in the last 48 hours.'),
    waiting: z
      .object({ rows: count, more: z.boolean(), oldestAt: z.date().nullable() })
      .describe('Rows that are pending for more than ten minutes.'),
    last: z
      .object({ conversation: z.date().nullable(), ticket: z.date().nullable(), customer: z.date().nullable() })
      .describe('When something of a kind last came through.'),
    missed: z
      .object({ missed: count, conversations: count })
      .nullable()
      .describe('Conversations of the last 48 hours that only the regular comparison found.'),
    integrations: z.array(
      integrationSchema
        .pick({
          integrationId: true,
          state: true,
          tokenExpiresAt: true,
          webhookActive: true,
          account: true,
          scan: true,
        })
        .extend({ lastWebhookAt: z.date().nullable(), diagnosis: diagnosisOutSchema.nullable() }),
    ),
    status: statusReadingSchema.nullable().describe('What Help Scout’s own status page says.'),
    statusUrl: z.string(),
  })
  .meta({ id: 'Health', description: 'Whether what should come from Help Scout and go there does.' });

const usageSchema = z
  .object({
    days: count,
    rows: z.array(z.object({ endpoint: z.string(), feature: z.string(), calls: count, errors: count })),
    refused: z
      .array(z.object({ endpoint: z.string(), times: count }))
      .describe('Calls outside the list of those that may be made; they did not leave.'),
    accounts: z.array(
      z.object({
        name: z.string(),
        limit: z.number().nullable().describe('Units a minute; a read takes 1, a write 2.'),
        now: z.object({ ours: z.number(), others: z.number() }).nullable(),
        highest: z.object({ at: z.date(), share: z.number() }).nullable().describe('The fullest minute of the hour.'),
        othersShare: z.number().nullable(),
      }),
    ),
    byMinute: z.array(z.object({ at: z.date(), calls: count, units: z.number() })),
    byHour: z.array(z.object({ at: z.date(), calls: count, failed: count })),
    byDay: z.array(z.object({ day: z.string(), calls: count, errors: count })),
    limited: count,
    waits: count,
    customersMode: organizationSettingsSchema.shape.customers.unwrap().shape.mode.unwrap(),
  })
  .meta({ id: 'ApiUsage', description: 'What was called at Help Scout, against its limit.' });

const getHealth = apiEndpoint({
  method: 'get',
  path: '/api/v1/health',
  scope: 'log:read',
  tag,
  summary: 'Get the health of the integration',
  response: healthSchema,
  handler:
    (deps) =>
    async ({ organizationId }) => {
      const { integrations, ...facts } = await healthFacts(deps, organizationId);
      return {
        ...facts,
        integrations: integrations.map((integration) => ({
          ...integration,
          diagnosis: integration.diagnosis && toDiagnosis(integration.diagnosis),
        })),
      };
    },
});

const getUsage = apiEndpoint({
  method: 'get',
  path: '/api/v1/usage',
  scope: 'log:read',
  tag,
  summary: 'Get the use of Help Scout’s API',
  response: usageSchema,
  handler:
    (deps) =>
    ({ organizationId }) =>
      apiUsage(deps, organizationId),
});

export const healthApi = [getHealth, getUsage];
