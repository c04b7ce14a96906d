import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

/** A day more than pages show. */
const KEPT_SECONDS = 3 * 24 * 3600;

const number = { type: Number, default: 0 };
const schema = new Schema(
  {
    /** Organization, integration and hour: every count is one update by `_id`. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    hour: { type: Date, required: true },
    calls: number,
    units: number,
    failed: number,
    limited: number,
    timedOut: number,
    waits: number,
    /** Calls and units by minute of the hour, so that a minute costs no document of its own. */
    minutes: { type: Schema.Types.Mixed, default: {} },
  },
  { versionKey: false, minimize: false },
);
schema.index({ organizationId: 1, hour: 1 });
schema.index({ hour: 1 }, { expireAfterSeconds: KEPT_SECONDS });

const count = z.number().default(0);
const hourSchema = z.object({
  hour: z.date(),
  /** Sent, or about to be. */
  calls: count,
  /** What they used up of the account's minute: a read 1, a write 2, what has a limit of its own nothing. */
  units: count,
  /** Of the calls: answered with an error, or not at all. */
  failed: count,
  /** Of the failed ones: refused with 429. */
  limited: count,
  /** Of the failed ones: no answer in time. */
  timedOut: count,
  /** How often a call had to wait here, before it was sent, for room in the account's limit. */
  waits: count,
});
export type UsageHour = z.infer<typeof hourSchema>;

const minutesSchema = z.record(z.string(), z.object({ calls: count, units: count })).default({});

export interface UsageMinute {
  minute: Date;
  calls: number;
  units: number;
}

type Countable = 'calls' | 'units' | 'failed' | 'limited' | 'timedOut' | 'waits';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const hourOf = (at: Date) => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);

/** What each integration calls at Help Scout, by hour (UTC) and minute, for some days. */
export function createHourlyUsage(connection: Connection) {
  const model = connection.model('ApiUsageHour', schema, 'apiUsageHours');

  const hours = (organizationId: string, from: Date) =>
    model
      .find({ organizationId, hour: { $gte: hourOf(from) } })
      .sort({ hour: 1 })
      .lean();

  return {
    /** Adds to the counts of an integration's running hour; calls and units also to its minute. */
    async add(
      organizationId: string,
      { integrationId, now }: { integrationId: string; now: Date },
      counts: Partial<Record<Countable, number>>,
    ): Promise<void> {
      const hour = hourOf(now);
      const minute = Math.floor((now.getTime() - hour.getTime()) / MINUTE_MS);
      const $inc: Record<string, number> = { ...counts };
      if (counts.calls) $inc[`minutes.${minute}.calls`] = counts.calls;
      if (counts.units) $inc[`minutes.${minute}.units`] = counts.units;
      await onceMoreIfDuplicate(() =>
        model.updateOne(
          { _id: [organizationId, integrationId, hour.toISOString().slice(0, 13)].join(' ') },
          { $inc, $setOnInsert: { organizationId, integrationId, hour } },
          { upsert: true },
        ),
      );
    },

    /** One row for each hour with a call (or a wait) since that of `from`, all integrations together, oldest first. */
    async byHour(organizationId: string, from: Date): Promise<UsageHour[]> {
      const sums = new Map<number, UsageHour>();
      for (const found of await hours(organizationId, from)) {
        const one = hourSchema.parse(found);
        const sum = sums.get(one.hour.getTime());
        if (!sum) sums.set(one.hour.getTime(), one);
        else for (const name of COUNTED) sum[name] += one[name];
      }
      return [...sums.values()];
    },

    /** One row for each minute with a call since `from`, all integrations together, oldest first. */
    async byMinute(organizationId: string, from: Date): Promise<UsageMinute[]> {
      const sums = new Map<number, UsageMinute>();
      for (const found of await hours(organizationId, from)) {
        for (const [minute, { calls, units }] of Object.entries(minutesSchema.parse(found.minutes))) {
          const at = found.hour.getTime() + Number(minute) * MINUTE_MS;
          if (at <= from.getTime() - MINUTE_MS) continue;
          const sum = sums.get(at) ?? { minute: new Date(at), calls: 0, units: 0 };
          sums.set(at, { ...sum, calls: sum.calls + calls, units: sum.units + units });
        }
      }
      return [...sums.values()].sort((a, b) => a.minute.getTime() - b.minute.getTime());
    },
  };
}

const COUNTED = ['calls', 'units', 'failed', 'limited', 'timedOut', 'waits'] as const;
