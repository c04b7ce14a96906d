import type { Model } from 'mongoose';
import { z } from 'zod';
import type { PaceSample } from '../domain/scan-pace.ts';

const paceSchema = z.array(z.object({ atMs: z.number(), done: z.number() })).catch([]);

/** How fast the scan that is shown went lately. */
// biome-ignore lint/suspicious/noExplicitAny: the model's document type is private to integrations.ts, results are parsed
export function createScanPace(model: Model<any>) {
  return {
    /** The latest samples, oldest first. */
    async scanPace(organizationId: string, integrationId: string): Promise<PaceSample[]> {
      const found = await model.findOne({ organizationId, integrationId }, { scanPace: 1 }).lean();
      return paceSchema.parse(found?.scanPace ?? []);
    },
  };
}
