import type { IssueRecord, RecordAddress } from '../../domain/issue-record.ts';
import { decidedChange, type RecordWish } from '../../domain/record-change.ts';
import { OUTCOME_CHECK_WORKFLOW, outcomeCheckStart } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';

/** Who changes a record waits for this; what could not be started by then, the sweep starts. */
const START_MS = 3_000;

export type RecordAnswer =
  | { kind: 'unknown' }
  /** Nothing was changed; a sentence for each field. */
  | { kind: 'errors'; errors: Readonly<Record<string, string>> }
  | { kind: 'changed'; record: IssueRecord };

/**
 * Changes a record as a person wishes, with an entry of its history for each thing. Setting it to done starts the check
 * that looks, some days later, whether reports stopped; where Temporal cannot be reached, the sweep starts it.
 */
export async function changeRecord(
  deps: Pick<Deps, 'storage' | 'temporal' | 'logger' | 'now'>,
  organizationId: string,
  { kind, number }: RecordAddress,
  wish: RecordWish,
  by: string,
): Promise<RecordAnswer> {
  const { storage, now } = deps;
  const known = await storage.issueRecords.get(organizationId, kind, number);
  if (!known) return { kind: 'unknown' };
  const at = now();
  const errors: Record<string, string> = {
    ...(wish.status === 'dismissed' && !wish.reason?.trim() && { reason: 'Say why it is dismissed.' }),
    ...(wish.title?.trim() === '' && { title: 'Enter a title.' }),
    ...(wish.fixedAt && wish.fixedAt > at && { fixedAt: 'This time is still to come.' }),
  };
  if (Object.keys(errors).length > 0) return { kind: 'errors', errors };
  const { outcomeCheckDays } = (await storage.settings.get(organizationId)).insights;
  const record = await storage.issueRecords.change(organizationId, known.recordId, (current) =>
    decidedChange(current, wish, { by, at, outcomeCheckDays }),
  );
  if (!record) return { kind: 'unknown' };
  if (wish.status === 'done' && record.status === 'done') await startCheck(deps, record);
  return { kind: 'changed', record };
}

async function startCheck(
  { storage, temporal, logger, now }: Pick<Deps, 'storage' | 'temporal' | 'logger' | 'now'>,
  { organizationId, recordId, resolution }: IssueRecord,
): Promise<void> {
  if (!resolution || resolution.outcome) return;
  const input = { organizationId, recordId, resolution: resolution.number, checkAtMs: resolution.checkAt.getTime() };
  try {
    await temporal.withDeadline(Date.now() + START_MS, () =>
      temporal.workflow.start(OUTCOME_CHECK_WORKFLOW, {
        ...outcomeCheckStart(input),
        // Said twice, it is the same check.
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    );
    await storage.issueRecords.markCheckStarted(organizationId, recordId, now());
  } catch (error) {
    logger.warn({ recordId, reason: error instanceof Error ? error.name : 'unknown' }, 'the sweep will start it');
  }
}
