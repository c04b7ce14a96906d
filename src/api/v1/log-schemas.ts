import { z } from 'zod';
import { SYNC_ERROR_CODES } from '../../domain/sync-error.ts';
import {
  attemptSchema,
  DIRECTIONS,
  syncEventSchema,
  syncEventTypeSchema,
  syncStatusSchema,
} from '../../domain/sync-event.ts';
import type { Clock } from '../../ui/format.ts';
import { LOG_RANGES, LOG_STATUSES, LOG_TYPES, type LogFilter } from '../../ui/log-filter.ts';
import { logSelection } from '../readers/log-query.ts';
import { anyOf } from './parameters.ts';
import { apiProblem } from './problems.ts';

const attempt = attemptSchema.meta({ id: 'Attempt', description: 'One try at a sync.' });

export const logEventSchema = syncEventSchema
  .omit({ organizationId: true, workflowId: true, attempts: true })
  .extend({
    attempts: z.array(attempt),
    /** Whether it failed and can be retried or dismissed. */
    awaitsDecision: z.boolean().describe('It failed, and can be retried or dismissed.'),
  })
  .meta({ id: 'LogEvent', description: 'One row of the HelpScout Log.' });

/** The filters of the log's page, by the same names; unlike the page, the API refuses what it does not know. */
export const LOG_FILTERS = {
  range: z.enum(LOG_RANGES).default('7d').describe('`custom` is what `from` and `to` say; both absent: everything.'),
  from: z
    .string()
    .max(40)
    .default('')
    .describe('With `custom`: first day, `YYYY-MM-DD` in the organization’s time zone.'),
  to: z.string().max(40).default('').describe('With `custom`: last day, included.'),
  fromTime: z.string().max(40).default('').describe('`HH:mm`, refines `from`.'),
  toTime: z.string().max(40).default('').describe('`HH:mm`, refines `to`.'),
  type: anyOf(LOG_TYPES, 'Event types, repeated for several; `integration` is all of the integration’s own.'),
  status: anyOf(LOG_STATUSES, 'Statuses, repeated for several; `pending` includes what is retrying.'),
  direction: z.enum(DIRECTIONS).optional(),
  cause: z.enum(SYNC_ERROR_CODES).optional().describe('Only rows that failed for this reason.'),
  q: z
    .string()
    .trim()
    .max(20_000)
    .default('')
    .describe('A customer’s whole address, a submission’s id, or a conversation’s. Literal.'),
};
export const logFilterQuery = z.strictObject(LOG_FILTERS);

/** The page's filter, and the rows it selects. @throws RequestProblem 400 naming dates that are none */
export function selectLog(query: z.output<typeof logFilterQuery>, clock: Clock) {
  const filter: LogFilter = { ...query, direction: query.direction ?? null, cause: query.cause ?? null, before: null };
  const { wanted, errors } = logSelection(filter, clock);
  const fields = Object.fromEntries(
    Object.entries(errors ?? {}).flatMap(([name, text]) => (text ? [[name, text]] : [])),
  );
  if (Object.keys(fields).length > 0) throw apiProblem('invalidQuery', { fields });
  return { filter, wanted };
}

const count = z.number().int().nonnegative();
const compared = (value: z.ZodType<number | null>) =>
  z.object({ now: value, before: value.nullable().describe('Of the period before, as long as this one.') });
const share = z.number().min(0).max(1).nullable();

export const logSummarySchema = z
  .object({
    events: compared(count),
    successRate: compared(share).describe('Of what ended, as a share of 1.'),
    errorRate: compared(share),
    tickets: compared(count).describe('Created in Help Scout.'),
    customers: compared(count).describe('Synced for the first time.'),
    failed: count,
    pending: count,
    customersUpdated: count,
    byTypeAndStatus: z.array(z.object({ type: syncEventTypeSchema, status: syncStatusSchema, events: count })),
    byHour: z.array(z.object({ hour: z.date(), success: count, failed: count, other: count })),
  })
  .meta({ id: 'LogSummary', description: 'The rows of a filter in numbers.' });

export const failureSchema = z
  .object({
    code: z.enum(SYNC_ERROR_CODES),
    message: z.string(),
    remedy: z.string(),
    type: syncEventTypeSchema,
    count,
    firstAt: z.date(),
    lastAt: z.date(),
    customers: z.array(z.string()).describe('Addresses, of the newest rows.'),
    more: z.boolean().describe('There are more rows than those whose customers are named.'),
    retryable: z.boolean(),
  })
  .meta({ id: 'FailureGroup', description: 'Rows that failed for the same reason.' });
