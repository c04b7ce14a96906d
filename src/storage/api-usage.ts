import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { utcDay } from '../domain/utc-day.ts';
import { createHourlyUsage } from './api-usage-hours.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

/** Some days more than pages show. */
const KEPT_SECONDS = 40 * 24 * 3600;

const schema = new Schema(
  {
    /** Made of the four below: every count is one update by `_id`. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    day: { type: Date, required: true },
    endpoint: { type: String, required: true },
    calls: { type: Number, default: 0 },
    errors: { type: Number, default: 0 },
    refused: { type: Number, default: 0 },
  },
  // `errors` is a name of mongoose's documents; here they are only read lean.
  { versionKey: false, suppressReservedKeysWarning: true },
);
schema.index({ organizationId: 1, day: 1 });
schema.index({ day: 1 }, { expireAfterSeconds: KEPT_SECONDS });

const usageSchema = z.object({
  endpoint: z.string(),
  /** Sent, or about to be. */
  calls: z.number().default(0),
  /** Of those: what was answered with an error, or not at all. */
  errors: z.number().default(0),
  /** Stopped here, because it is not on the list of calls this product makes. */
  refused: z.number().default(0),
});
export type EndpointUsage = z.infer<typeof usageSchema>;

/** All calls of a day (UTC, `YYYY-MM-DD`). */
export interface DayUsage {
  day: string;
  calls: number;
  errors: number;
}

/** A call to be counted: whose, and method and path template, as in `GET /v2/conversations/{id}`. */
export interface CountedCall {
  integrationId: string;
  endpoint: string;
  now: Date;
}

const DAY_MS = 24 * 3600_000;
const dayOf = (at: Date) => new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);

/**
 * What each integration calls at Help Scout: by day (UTC) and endpoint for weeks, by hour and minute for days. A call
 * costs two updates; one that fails, or waits, another one or two.
 */
export function createApiUsageStore(connection: Connection) {
  const model = connection.model('ApiUsage', schema, 'apiUsage');
  const hourly = createHourlyUsage(connection);

  const count = async (organizationId: string, call: CountedCall, field: 'calls' | 'errors' | 'refused') => {
    const { integrationId, endpoint, now } = call;
    const day = dayOf(now);
    const _id = [organizationId, integrationId, utcDay(day), endpoint].join(' ');
    await onceMoreIfDuplicate(() =>
      model.updateOne(
        { _id },
        { $inc: { [field]: 1 }, $setOnInsert: { organizationId, integrationId, day, endpoint } },
        { upsert: true },
      ),
    );
  };

  return {
    byHour: hourly.byHour,
    byMinute: hourly.byMinute,

    /**
     * A call that is about to leave: counted before, so that none goes uncounted. `units` are what it takes of the
     * account's minute.
     */
    async countCall(organizationId: string, { units = 0, ...call }: CountedCall & { units?: number }): Promise<void> {
      await Promise.all([
        count(organizationId, call, 'calls'),
        hourly.add(organizationId, call, { calls: 1, ...(units > 0 && { units }) }),
      ]);
    },

    /** A counted call that failed: refused with 429, without an answer in time, or otherwise. */
    async countError(organizationId: string, call: CountedCall, kind?: 'limited' | 'timedOut'): Promise<void> {
      await Promise.all([
        count(organizationId, call, 'errors'),
        hourly.add(organizationId, call, { failed: 1, ...(kind && { [kind]: 1 }) }),
      ]);
    },

    /** A call that has to wait before it may be sent. */
    countWait: (organizationId: string, call: Pick<CountedCall, 'integrationId' | 'now'>) =>
      hourly.add(organizationId, call, { waits: 1 }),

    /** A call that was stopped before it left. */
    countRefused: (organizationId: string, call: CountedCall) => count(organizationId, call, 'refused'),

    /** One row for each endpoint that was called or refused since the day of `from`, of one integration or of all. */
    async byEndpoint(organizationId: string, from: Date, integrationId?: string): Promise<EndpointUsage[]> {
      const wanted = { organizationId, ...(integrationId && { integrationId }), day: { $gte: dayOf(from) } };
      const rows = new Map<string, EndpointUsage>();
      for (const found of await model.find(wanted).lean()) {
        const { endpoint, calls, errors, refused } = usageSchema.parse(found);
        const sum = rows.get(endpoint) ?? { endpoint, calls: 0, errors: 0, refused: 0 };
        rows.set(endpoint, {
          endpoint,
          calls: sum.calls + calls,
          errors: sum.errors + errors,
          refused: sum.refused + refused,
        });
      }
      return [...rows.values()].sort((a, b) => b.calls - a.calls || a.endpoint.localeCompare(b.endpoint));
    },

    /** One row for each day with a call since that of `from`, all endpoints and integrations together, oldest first. */
    async byDay(organizationId: string, from: Date): Promise<DayUsage[]> {
      const days = new Map<string, DayUsage>();
      for (const found of await model.find({ organizationId, day: { $gte: dayOf(from) } }).lean()) {
        const { calls, errors } = usageSchema.parse(found);
        const day = utcDay(found.day);
        const sum = days.get(day) ?? { day, calls: 0, errors: 0 };
        days.set(day, { day, calls: sum.calls + calls, errors: sum.errors + errors });
      }
      return [...days.values()].sort((a, b) => a.day.localeCompare(b.day));
    },
  };
}
