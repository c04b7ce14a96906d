import type { ClassifyResult } from '../activities/classify-activities.ts';

/** What a classification left to do. Histories that are older than its result have none: everything was done then. */
export function unfinished(result: ClassifyResult | undefined) {
  return {
    left: result?.left ?? [],
    waitMs: result?.waitMs ?? 0,
    gather: result?.gather ?? false,
    refused: result?.refused ?? 0,
  };
}
