import { z } from 'zod';
import { SYNC_ERROR_TEXT } from '../../domain/sync-error-text.ts';
import { awaitsDecision, type SyncEvent } from '../../domain/sync-event.ts';
import { dismissRow, type RowAnswer, retryRow } from '../commands/settle-row.ts';
import { failureGroups } from '../readers/failures.ts';
import { logAsCsv, logAsNdjson } from '../readers/log-export.ts';
import { withConversations } from '../readers/log-rows.ts';
import { logSummary } from '../readers/log-summary.ts';
import { stream } from '../reply.ts';
import { apiEndpoint, pageOf, pageQuery, streamed } from './api-endpoint.ts';
import {
  failureSchema,
  LOG_FILTERS,
  logEventSchema,
  logFilterQuery,
  logSummarySchema,
  selectLog,
} from './log-schemas.ts';
import { timeCursor, toPage } from './paging.ts';
import { clockOf, id } from './parameters.ts';
import { apiProblem, conflict } from './problems.ts';

const tag = 'Log';
export const eventParams = z.object({ eventId: id('Of the row.') });
export const toLogEvent = (event: SyncEvent) => ({ ...event, awaitsDecision: awaitsDecision(event) });

const listLog = apiEndpoint({
  method: 'get',
  path: '/api/v1/log/events',
  scope: 'log:read',
  tag,
  summary: 'List the rows of the log',
  description: 'Newest first. Without `range`, those of the last 7 days.',
  query: pageQuery(LOG_FILTERS),
  response: pageOf(logEventSchema),
  handler:
    (deps) =>
    async ({ organizationId, caller, query: { cursor, limit, ...query } }) => {
      const { wanted } = selectLog(query, clockOf(deps, caller));
      const found = await deps.storage.syncEvents.list(organizationId, wanted, { limit, cursor: timeCursor(cursor) });
      const events = await withConversations(deps.storage, organizationId, found.events, { links: false });
      return toPage(events.map(toLogEvent), found.next);
    },
});

const getLogEvent = apiEndpoint({
  method: 'get',
  path: '/api/v1/log/events/:eventId',
  scope: 'log:read',
  tag,
  summary: 'Get one row of the log',
  params: eventParams,
  response: logEventSchema,
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { eventId } }) => {
      const event = await storage.syncEvents.get(organizationId, eventId);
      if (!event) throw apiProblem('notFound');
      const [shown = event] = await withConversations(storage, organizationId, [event], { links: false });
      return toLogEvent(shown);
    },
});

const summarizeLog = apiEndpoint({
  method: 'get',
  path: '/api/v1/log/summary',
  scope: 'log:read',
  tag,
  summary: 'Sum up the rows of a filter',
  query: logFilterQuery,
  response: logSummarySchema,
  handler:
    (deps) =>
    async ({ organizationId, caller, query }) => {
      const clock = clockOf(deps, caller);
      const { filter, wanted } = selectLog(query, clock);
      const [summary, counted] = await Promise.all([
        logSummary(deps.storage, organizationId, filter, wanted, clock),
        deps.storage.syncEvents.summary(organizationId, wanted),
      ]);
      return { ...summary, ...counted };
    },
});

const EXPORTS = { 'application/x-ndjson': logAsNdjson, 'text/csv': logAsCsv } as const;
const EXPORT_TYPES = ['application/x-ndjson', 'text/csv'] as const;

const exportLog = apiEndpoint({
  method: 'get',
  path: '/api/v1/log/export',
  scope: 'log:read',
  tag,
  summary: 'Export the rows of a filter, however many',
  description: 'In the order of the list, as NDJSON or, with `Accept: text/csv`, as CSV.',
  query: logFilterQuery,
  response: streamed({ types: EXPORT_TYPES, description: 'One row a line.' }),
  handler:
    (deps) =>
    async ({ organizationId, caller, query, req }) => {
      const clock = clockOf(deps, caller);
      const { wanted } = selectLog(query, clock);
      const type = EXPORT_TYPES.find((name) => name === req.accepts([...EXPORT_TYPES]));
      if (!type) throw apiProblem('notAcceptable', { detail: `It is ${EXPORT_TYPES.join(' or ')}.` });
      await deps.storage.auditTrail.record(organizationId, {
        at: clock.now,
        by: caller.by,
        action: 'exported the log',
        target: type,
      });
      const { storage } = deps;
      const rows = EXPORTS[type]({ storage, timeZone: clock.timeZone }, organizationId, wanted);
      return stream(rows, { 'Content-Type': `${type}; charset=utf-8` });
    },
});

const answered = z
  .object({
    outcome: z
      .enum(['success', 'skipped', 'failed', 'underWay', 'sent', 'dismissed'])
      .describe('`underWay`: it goes on longer than this answer waits; the row shows how it ends.'),
    code: z.string().nullable().describe('Of `failed`: why.'),
  })
  .meta({ id: 'RowAnswer' });

const DECISION_PROBLEMS = { 409: ['notWaiting', 'refused', 'workflowEnded'] } as const;

function toAnswer(answer: RowAnswer): z.input<typeof answered> {
  switch (answer.kind) {
    case 'unknown':
      throw apiProblem('notFound');
    case 'notWaiting':
      throw conflict('notWaiting', 'This row does not wait for a decision any more.', 'Read it again to see why.');
    case 'refused':
      throw conflict('refused', 'This is not possible now.', answer.text);
    case 'orphaned':
      throw conflict('workflowEnded', 'The workflow of this row has ended.', 'Start it anew from the page of the row.');
    case 'tried':
      return { outcome: answer.outcome.status, code: answer.outcome.status === 'failed' ? answer.outcome.code : null };
    default:
      return { outcome: answer.kind, code: null };
  }
}

const retryLogEvent = apiEndpoint({
  method: 'post',
  path: '/api/v1/log/events/:eventId/retry',
  scope: 'log:retry',
  tag,
  summary: 'Retry a failed sync',
  params: eventParams,
  response: answered,
  problems: DECISION_PROBLEMS,
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { eventId } }) =>
      toAnswer(await retryRow(deps, organizationId, eventId, caller.by)),
});

const dismissLogEvent = apiEndpoint({
  method: 'post',
  path: '/api/v1/log/events/:eventId/dismiss',
  scope: 'log:retry',
  tag,
  summary: 'Give a failed sync up',
  params: eventParams,
  body: z.strictObject({ reason: z.string().trim().max(200).default('').describe('Kept with the row.') }),
  response: answered,
  problems: DECISION_PROBLEMS,
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { eventId }, body: { reason } }) =>
      toAnswer(await dismissRow(deps, organizationId, eventId, caller.by, reason)),
});

const listFailures = apiEndpoint({
  method: 'get',
  path: '/api/v1/log/failures',
  scope: 'log:read',
  tag,
  summary: 'List what failed, by cause',
  response: z.object({ data: z.array(failureSchema) }),
  handler:
    (deps) =>
    async ({ organizationId }) => ({
      data: (await failureGroups(deps, organizationId)).map((group) => ({ ...group, ...SYNC_ERROR_TEXT[group.code] })),
    }),
});

export const logApi = [listLog, getLogEvent, retryLogEvent, dismissLogEvent, summarizeLog, exportLog, listFailures];
