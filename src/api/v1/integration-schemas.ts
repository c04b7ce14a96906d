import { z } from 'zod';
import { integrationSchema } from '../../domain/integration.ts';
import { integrationWaitSchema } from '../../domain/integration-wait.ts';

export const integrationOutSchema = integrationSchema
  .omit({ organizationId: true })
  .meta({ id: 'Integration', description: 'A connection to a Help Scout account.' });

export const integrationStatusSchema = z
  .object({
    integration: integrationOutSchema,
    activity: z.string().describe('What it does now, or why it waits, in one line; times are UTC.'),
    waits: z
      .array(integrationWaitSchema)
      .describe('Why its calls wait, where that lasts; moments are epoch milliseconds. Empty while it works.'),
    timeLeft: z
      .union([
        z.object({ leftMs: z.number() }),
        z.object({ unknown: z.enum(['counting', 'tooEarly', 'waiting', 'batches']) }),
      ])
      .nullable()
      .describe('How long the scan will take still, at the pace of its last pages; null where none runs.'),
    pendingConversations: z.number().int(),
    failedConversations: z.number().int(),
  })
  .meta({ id: 'IntegrationStatus' });
