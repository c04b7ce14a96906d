import type { Model } from 'mongoose';
import { z } from 'zod';
import {
  type IntegrationWait,
  integrationWaitSchema,
  WAIT_SOURCES,
  type WaitSource,
} from '../domain/integration-wait.ts';

const storedSchema = integrationWaitSchema.omit({ source: true }).extend({ toldMs: z.number().nullish() });
const waitsSchema = z.partialRecord(z.enum(WAIT_SOURCES), storedSchema).catch({});

/** A wait, and when the integration's workflow was told of it last. */
export type StoredWait = IntegrationWait & { toldMs?: number | null | undefined };

/** Why an integration's work waits, as its calls find it: also in tries that no workflow hears of. */
// biome-ignore lint/suspicious/noExplicitAny: the model's document type is private to integrations.ts, results are parsed
export function createIntegrationWaits(model: Model<any>) {
  const waits = async (organizationId: string, integrationId: string): Promise<StoredWait[]> => {
    const found = await model.findOne({ organizationId, integrationId }, { waits: 1 }).lean();
    const stored = waitsSchema.parse(found?.waits ?? {});
    return WAIT_SOURCES.flatMap((source) => {
      const wait = stored[source];
      return wait ? [{ source, ...wait }] : [];
    });
  };
  return {
    waits,

    /** Notes a call that could not be made, or was refused. One cause in a row is one wait. */
    async noteWait(
      organizationId: string,
      integrationId: string,
      { source, code, seenMs, untilMs }: Omit<IntegrationWait, 'sinceMs'>,
    ): Promise<void> {
      const key = `waits.${source}`;
      const again = await model.updateOne(
        { organizationId, integrationId, [`${key}.code`]: code },
        { $set: { [`${key}.seenMs`]: seenMs, [`${key}.untilMs`]: untilMs } },
      );
      if (again.matchedCount > 0) return;
      await model.updateOne(
        { organizationId, integrationId },
        { $set: { [key]: { code, sinceMs: seenMs, seenMs, untilMs } } },
      );
    },

    /** The workflow knows of it. */
    async waitTold(organizationId: string, integrationId: string, source: WaitSource, toldMs: number): Promise<void> {
      const key = `waits.${source}`;
      await model.updateOne(
        { organizationId, integrationId, [`${key}.code`]: { $exists: true } },
        { $set: { [`${key}.toldMs`]: toldMs } },
      );
    },

    /** Ends the wait, unless a call that began later has failed. */
    async endWait(organizationId: string, integrationId: string, source: WaitSource, beganMs: number): Promise<void> {
      const key = `waits.${source}`;
      await model.updateOne(
        { organizationId, integrationId, [`${key}.seenMs`]: { $lte: beganMs } },
        { $unset: { [key]: '' } },
      );
    },
  };
}
