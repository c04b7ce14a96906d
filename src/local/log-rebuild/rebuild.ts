import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { createRebuiltLog, type LogDifference } from '../../storage/rebuilt-log.ts';
import type { Storage } from '../../storage/storage.ts';
import { rowsInHistories } from './rows-in-histories.ts';

/** Differences that are told one by one; the numbers count all. */
const TOLD = 1000;
const RESTORED_AT_ONCE = 500;

export interface RebuildReport {
  /** Runs of workflows that wrote rows. */
  runs: number;
  /** Different rows found in them. */
  rows: number;
  equal: number;
  missing: number;
  different: number;
  /** Changed in the log since: by a workflow that still runs. */
  newerInLog: number;
  restored: number;
  differences: LogDifference[];
}

/**
 * Makes the log's rows anew from the workflow histories that the namespace still holds, and compares them with the log.
 * With `apply`, rows that are missing or differ are put right and the log's counters renewed.
 */
export async function rebuildLog(
  { storage, client, codec }: { storage: Storage; client: Client; codec: PayloadCodec },
  { apply }: { apply: boolean },
): Promise<RebuildReport> {
  const rebuilt = createRebuiltLog(storage.connection);
  const report: RebuildReport = {
    ...{ runs: 0, rows: 0, equal: 0, missing: 0, different: 0, newerInLog: 0, restored: 0 },
    differences: [],
  };
  await rebuilt.clear();
  for await (const { rows } of rowsInHistories(client, codec)) {
    if (rows.length > 0) report.runs += 1;
    await rebuilt.put(rows);
  }

  const wrong = new Map<string, string[]>();
  for await (const found of rebuilt.compare()) {
    report.rows += 1;
    if (found === 'equal') {
      report.equal += 1;
      continue;
    }
    report[found.kind] += 1;
    if (report.differences.length < TOLD) report.differences.push(found);
    if (found.kind === 'newerInLog') continue;
    const ids = wrong.get(found.organizationId);
    if (ids) ids.push(found.eventId);
    else wrong.set(found.organizationId, [found.eventId]);
  }
  if (apply) {
    for (const [organizationId, eventIds] of wrong) {
      for (let first = 0; first < eventIds.length; first += RESTORED_AT_ONCE) {
        await rebuilt.restore(organizationId, eventIds.slice(first, first + RESTORED_AT_ONCE));
      }
      await storage.syncEvents.recount(organizationId);
      report.restored += eventIds.length;
    }
  }
  await rebuilt.clear();
  return report;
}
