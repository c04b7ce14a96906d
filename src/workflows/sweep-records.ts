import { house } from './activity-profiles.ts';

/** Starts what belongs to records and could not be started when a person asked for it. */
export async function sweepRecords(): Promise<{ started: number }> {
  const { started } = await house.startDueRecordWork();
  return { started };
}
