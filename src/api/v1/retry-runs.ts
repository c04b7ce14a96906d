import { z } from 'zod';
import { MOST_PER_MINUTE, retryItemSchema, retryOutcomeSchema, retryRunSchema } from '../../domain/retry-run.ts';
import { SYNC_ERROR_CODES } from '../../domain/sync-error.ts';
import { SYNC_EVENT_TYPES } from '../../domain/sync-event.ts';
import { decideRetryRun, type RetryRunDecision } from '../commands/decide-retry-run.ts';
import { startRetryRun } from '../commands/start-retry-run.ts';
import type { Deps } from '../deps.ts';
import { apiEndpoint, pageOf, pageQuery } from './api-endpoint.ts';
import { numberedCursor, wrapCursor } from './paging.ts';
import { id } from './parameters.ts';
import { apiProblem, conflict } from './problems.ts';

const tag = 'Retry runs';
const params = z.object({ retryRunId: id('Of the run.') });
const LISTED = 50;

const runSchema = retryRunSchema
  .omit({ organizationId: true })
  .meta({ id: 'RetryRun', description: 'Failed rows that are retried together.' });
const runWithCountsSchema = runSchema
  .extend({
    counts: z
      .object({ ...mapped(retryOutcomeSchema.options), waiting: z.number().int() })
      .describe('Rows by what became of them.'),
  })
  .meta({ id: 'RetryRunWithCounts' });
const itemSchema = retryItemSchema.meta({ id: 'RetryItem', description: 'One row of a run.' });

function mapped<const T extends string>(names: readonly T[]) {
  return Object.fromEntries(names.map((name) => [name, z.number().int()])) as Record<T, z.ZodInt>;
}

async function runWithCounts({ storage }: Deps, organizationId: string, retryRunId: string) {
  const run = await storage.retryRuns.get(organizationId, retryRunId);
  if (!run) throw apiProblem('notFound');
  return { ...run, counts: await storage.retryRuns.counts(organizationId, retryRunId) };
}

const startRun = apiEndpoint({
  method: 'post',
  path: '/api/v1/retry-runs',
  scope: 'log:retry',
  tag,
  summary: 'Retry failed rows together',
  description: 'Those of a cause, of a type, of both, or single ones; with an empty selection everything that failed.',
  body: z.strictObject({
    selection: z.strictObject({
      code: z.enum(SYNC_ERROR_CODES).optional(),
      type: z.enum(SYNC_EVENT_TYPES).optional(),
      eventIds: z.array(z.string().min(1).max(300)).min(1).max(1000).optional(),
    }),
    canary: z.boolean().default(true).describe('One is tried first; when it fails, the run waits for `approve`.'),
    perMinute: z.int().min(1).max(MOST_PER_MINUTE).default(60),
    review: z.boolean().default(false).describe('Looks up what would be sent, and waits for `approve`.'),
  }),
  status: 201,
  response: runWithCountsSchema,
  problems: { 409: ['nothingToRetry'] },
  handler:
    (deps) =>
    async ({ organizationId, caller, body }) => {
      const started = await startRetryRun(deps, { organizationId, by: caller.by, ...body });
      if (!started) {
        throw conflict('nothingToRetry', 'None of these rows waits to be retried.', 'Look at `/api/v1/log/failures`.');
      }
      return runWithCounts(deps, organizationId, started.retryRunId);
    },
});

const listRuns = apiEndpoint({
  method: 'get',
  path: '/api/v1/retry-runs',
  scope: 'log:read',
  tag,
  summary: `List the latest ${LISTED} runs`,
  response: z.object({ data: z.array(runSchema) }),
  handler:
    ({ storage }) =>
    async ({ organizationId }) => ({ data: await storage.retryRuns.list(organizationId, LISTED) }),
});

const getRun = apiEndpoint({
  method: 'get',
  path: '/api/v1/retry-runs/:retryRunId',
  scope: 'log:read',
  tag,
  summary: 'Get one run',
  params,
  response: runWithCountsSchema,
  handler:
    (deps) =>
    ({ organizationId, params: { retryRunId } }) =>
      runWithCounts(deps, organizationId, retryRunId),
});

const listItems = apiEndpoint({
  method: 'get',
  path: '/api/v1/retry-runs/:retryRunId/items',
  scope: 'log:read',
  tag,
  summary: 'List the rows of a run',
  params,
  query: pageQuery({}),
  response: pageOf(itemSchema),
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { retryRunId }, query: { cursor, limit } }) => {
      if (!(await storage.retryRuns.get(organizationId, retryRunId))) throw apiProblem('notFound');
      const from = Number(numberedCursor(cursor) ?? 0);
      const items = await storage.retryRuns.items(organizationId, retryRunId, { from, count: limit + 1 });
      const next = items[limit];
      return { data: items.slice(0, limit), nextCursor: wrapCursor(next ? String(next.index) : null) };
    },
});

const decide = (decision: RetryRunDecision, summary: string) =>
  apiEndpoint({
    method: 'post',
    path: `/api/v1/retry-runs/:retryRunId/${decision}`,
    scope: 'log:retry',
    tag,
    summary,
    params,
    response: runWithCountsSchema,
    problems: { 409: ['notPossibleNow'] },
    handler:
      (deps) =>
      async ({ organizationId, caller, params: { retryRunId } }) => {
        const answer = await decideRetryRun(deps, organizationId, retryRunId, { decision, by: caller.by });
        if (!answer) throw apiProblem('notFound');
        if (!answer.granted) throw conflict('notPossibleNow', answer.message, answer.remedy);
        return runWithCounts(deps, organizationId, retryRunId);
      },
  });

export const retryRunApi = [
  startRun,
  listRuns,
  getRun,
  listItems,
  decide('approve', 'Let a run that waits go on'),
  decide('cancel', 'Stop a run'),
];
