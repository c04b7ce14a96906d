import type { Connection } from 'mongoose';
import { z } from 'zod';
import { integrationStateSchema, scanProgressSchema } from '../domain/integration.ts';
import { integrationWaitSchema, WAIT_SOURCES } from '../domain/integration-wait.ts';
import { syncEventTypeSchema } from '../domain/sync-event.ts';

const MINUTE_MS = 60_000;
/** More connections than an installation of one worker has. */
const MOST_INTEGRATIONS = 1_000;

const integrationSchema = z.object({
  integrationId: z.string(),
  organizationId: z.string(),
  state: integrationStateSchema,
  createdAt: z.date(),
  scan: scanProgressSchema.pick({ state: true, waitingFor: true, startedAtMs: true }).nullable().catch(null),
  scanPace: z.array(z.object({ atMs: z.number() })).catch([]),
  waits: z.partialRecord(z.enum(WAIT_SOURCES), integrationWaitSchema.omit({ source: true })).catch({}),
});
/** A connection as those see it who run the installation: nothing of the account, nor of anybody's words. */
export type InstalledIntegration = z.infer<typeof integrationSchema>;
const SEEN_FIELDS = Object.fromEntries(Object.keys(integrationSchema.shape).map((name) => [name, 1]));

const failureSchema = z.object({
  _id: z.object({ organizationId: z.string(), code: z.string(), type: syncEventTypeSchema }),
  count: z.number(),
  lastAt: z.date(),
});
export interface InstalledFailures {
  code: string;
  type: z.infer<typeof syncEventTypeSchema>;
  count: number;
  organizations: number;
  lastAt: Date;
}

const bucketSchema = z.object({ account: z.string(), used: z.number(), limit: z.number() });

/**
 * What operators and metrics look at: the whole installation at once. The only store whose functions take no
 * organization; what they return names organizations by id, and nobody's address, message or secret.
 */
export function createInstallationStore(connection: Connection) {
  return {
    /** All connections that have not ended, as many as one page can show. */
    async integrations(): Promise<InstalledIntegration[]> {
      const found = await connection
        .collection('integrations')
        .find({ state: { $ne: 'disconnected' } }, { projection: SEEN_FIELDS, limit: MOST_INTEGRATIONS })
        .toArray();
      return found.map((document) => integrationSchema.parse(document));
    },

    /** Rows that failed since `from`, by cause and type, the most frequent first. */
    async failures(organizationIds: readonly string[], from: Date): Promise<InstalledFailures[]> {
      const rows = await connection
        .collection('syncEvents')
        .aggregate([
          // Each organization's part is a range of an index; without their ids the whole log would be read.
          {
            $match: {
              organizationId: { $in: organizationIds },
              status: 'failed',
              'error.code': { $gt: '' },
              createdAt: { $gte: from },
            },
          },
          {
            $group: {
              _id: { organizationId: '$organizationId', code: '$error.code', type: '$type' },
              count: { $sum: 1 },
              lastAt: { $max: '$createdAt' },
            },
          },
        ])
        .toArray();
      const sums = new Map<string, InstalledFailures>();
      for (const row of rows) {
        const { _id, count, lastAt } = failureSchema.parse(row);
        const { code, type } = _id;
        const sum = sums.get(`${code} ${type}`) ?? { code, type, count: 0, organizations: 0, lastAt };
        sums.set(`${code} ${type}`, {
          ...{ code, type, count: sum.count + count, organizations: sum.organizations + 1 },
          lastAt: new Date(Math.max(lastAt.getTime(), sum.lastAt.getTime())),
        });
      }
      return [...sums.values()].sort((a, b) => b.count - a.count);
    },

    /** Of each Help Scout account that was called in the last minute: the part of its limit that is used, 0 to 1. */
    async budgetShares(now: Date): Promise<number[]> {
      const found = await connection
        .collection('rateBuckets')
        .find({ startsAt: { $gt: new Date(now.getTime() - MINUTE_MS) }, limit: { $gt: 0 } })
        .toArray();
      const shares = new Map<string, number>();
      for (const document of found) {
        const { account, used, limit } = bucketSchema.parse(document);
        shares.set(account, Math.max(shares.get(account) ?? 0, Math.min(1, used / limit)));
      }
      return [...shares.values()];
    },
  };
}
