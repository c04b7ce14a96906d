import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { floorToSecond } from '../http/time.ts';

const fileSchema = z.object({ referenceTime: z.iso.datetime() });

/**
 * The moment a corpus's default dates count back from, as epoch milliseconds. With a data folder it is the time of the
 * folder's first use and stays so, otherwise conversations would move in time at every restart.
 */
export function referenceTimeMs(dataDir: string | undefined, now: () => number): number {
  const current = floorToSecond(now());
  if (dataDir === undefined) return current;
  const path = join(dataDir, 'reference-time.json');
  if (existsSync(path)) return Date.parse(fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).referenceTime);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path, `${JSON.stringify({ referenceTime: new Date(current).toISOString() })}\n`);
  return current;
}
