import { z } from 'zod';
import { coverageFiguresSchema } from '../../domain/coverage.ts';
import { integrationStateSchema } from '../../domain/integration.ts';
import { coverage } from '../readers/coverage.ts';
import { apiEndpoint } from './api-endpoint.ts';

const at = z.date().nullable();

const coverageSchema = z
  .object({
    timeZone: z.string().describe('Days are days of this zone.'),
    integrations: z.array(
      z.object({
        integrationId: z.string(),
        name: z.string(),
        state: integrationStateSchema,
        days: z
          .array(
            coverageFiguresSchema.omit({ hours: true }).extend({
              day: z.string(),
              gapRate: z.number().nullable().describe('missed / (told + missed)'),
            }),
          )
          .describe(
            'The last 30, newest first. Of the `modified` conversations webhooks told of `told`, comparing found `missed`, and `silent` had nothing new to read.',
          ),
        mailboxes: z.array(
          z.object({
            mailboxId: z.number().int(),
            name: z.string(),
            newestChangeAt: at,
            comparedAt: at,
            hiddenSince: at,
          }),
        ),
        comparison: z.object({ everyMinutes: z.number(), lastAt: at, nextAt: at }),
        webhook: z.object({
          active: z.boolean(),
          problem: z.enum(['missing', 'disabled', 'changed', 'unheard']).nullable(),
          problemSince: at,
          repairedAt: at,
          checkedAt: at,
          lastAt: at,
        }),
      }),
    ),
  })
  .meta({ id: 'Coverage', description: 'Whether every conversation that changed at Help Scout was seen, and how.' });

const getCoverage = apiEndpoint({
  method: 'get',
  path: '/api/v1/coverage',
  scope: 'log:read',
  tag: 'Health',
  summary: 'Get how completely conversations are seen',
  response: coverageSchema,
  handler:
    (deps) =>
    ({ organizationId }) =>
      coverage(deps, organizationId),
});

export const coverageApi = [getCoverage];
