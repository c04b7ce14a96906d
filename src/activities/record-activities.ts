import { getClient, heartbeat } from '@temporalio/activity';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { AUTOMATIC, type IssueRecord, recordName, recordPath, type Verdict } from '../domain/issue-record.ts';
import type { Logged, LoggedRow } from '../domain/logged-row.ts';
import { judgeOutcome } from '../domain/outcome.ts';
import type { RecordChange } from '../domain/record-change.ts';
import { messageRow } from '../domain/record-message-row.ts';
import { reopened, reopenIfBack } from '../storage/record-updates.ts';
import {
  CLOSE_LOOP_WORKFLOW,
  closeLoopStart,
  OUTCOME_CHECK_WORKFLOW,
  type OutcomeCheckInput,
  outcomeCheckStart,
  recordMessageWorkflowId,
} from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';

const DAY_MS = 86_400_000;
/** As far before a fix as any report is looked at. */
const LOOKED_BACK_MS = 28 * DAY_MS;
/** Whoever sends a message starts its workflow too, within seconds. */
const OVERDUE_MS = 20_000;
/** A check that has not come by then may have been lost with its server. */
const LOST_MS = 3_600_000;
/** What is left over is the next sweep's. */
const MOST_AT_ONCE = 200;
/** States of a connection in which customers' messages reach us. */
const HEARING = ['live', 'scanning'];

/** `superseded`: it is not done any more, or was done again since. */
export interface OutcomeOfCheck {
  verdict: Verdict | 'superseded';
}

/** Looking after what people have done about bug reports and feature requests. */
export function createRecordActivities({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>) {
  const { issueRecords, recordMessages } = storage;

  async function tell(record: IssueRecord, verdict: Verdict, customers: number): Promise<void> {
    if (verdict === 'tooFew' || !record.resolution) return;
    const name = recordName(record);
    await storage.notifications.add(record.organizationId, {
      notificationId: `outcome/${record.recordId}/${record.resolution.number}`,
      kind: verdict === 'fixed' ? 'recovery' : 'alert',
      text:
        verdict === 'fixed'
          ? `${name} is fixed: far fewer customers write about it than before.`
          : `${name} is not fixed: ${customers} customers wrote about it after it was done. It is open again.`,
      href: recordPath(record),
      at: now(),
    });
  }

  /** Of a workflow that is there already nothing is wanted. */
  async function startOnce(start: () => Promise<unknown>): Promise<boolean> {
    try {
      await start();
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }

  return {
    /** Judges a fix by when customers wrote (domain/outcome.ts), once; opens the record again when it did not work. */
    async checkOutcome({
      organizationId,
      recordId,
      resolution: number,
    }: Omit<OutcomeCheckInput, 'checkAtMs'>): Promise<OutcomeOfCheck> {
      const before = await issueRecords.byId(organizationId, recordId);
      if (before?.resolution?.number !== number) return { verdict: 'superseded' };
      const { integrationId, patternId, resolution } = before;
      const at = now();
      const [reports, integration] = await Promise.all([
        storage.insights.reports(organizationId, [patternId], new Date(resolution.fixedAt.getTime() - LOOKED_BACK_MS)),
        storage.integrations.get(organizationId, integrationId),
      ]);
      const { weighed, ...judged } = judgeOutcome(reports, resolution, !HEARING.includes(integration?.state ?? ''));
      const outcome = { ...judged, checkedAt: at };
      const record = await issueRecords.change(organizationId, recordId, (current): RecordChange | null => {
        if (current.status !== 'done' || current.resolution?.number !== number || current.resolution.outcome)
          return null;
        const why = `${outcome.before.conversations} conversations in ${Math.round(outcome.before.days)} days before, ${outcome.after.conversations} in ${Math.round(outcome.after.days)} days after`;
        const entry = { at, by: AUTOMATIC, what: 'outcome' as const, before: null, after: outcome.verdict, why };
        const open = outcome.verdict === 'notFixed' ? reopened(current, 'The fix did not work', at) : null;
        return {
          set: { ...open?.set, resolution: { ...current.resolution, outcome, weighed } },
          entries: [entry, ...(open?.entries ?? [])],
        };
      });
      const verdict = record?.resolution?.number === number ? record.resolution.outcome?.verdict : undefined;
      if (!record || !verdict) return { verdict: 'superseded' };
      // Also after a try that was stopped between the two: it is added once.
      await tell(record, verdict, record.resolution?.outcome?.after.customers ?? 0);
      await reopenIfBack(storage, record, at);
      return { verdict };
    },

    /** Starts outcome checks and messages that were not started, of all organizations. Safe to repeat. */
    async startDueRecordWork(): Promise<Logged & { started: number }> {
      const nowMs = now().getTime();
      const { workflow } = getClient();
      let started = 0;
      for (const { organizationId, recordId, resolution } of await issueRecords.uncheckedOutcomes(
        new Date(nowMs - LOST_MS),
        MOST_AT_ONCE,
      )) {
        if (!resolution) continue;
        const input = {
          organizationId,
          recordId,
          resolution: resolution.number,
          checkAtMs: resolution.checkAt.getTime(),
        };
        if (await startOnce(() => workflow.start(OUTCOME_CHECK_WORKFLOW, outcomeCheckStart(input)))) started += 1;
        await issueRecords.markCheckStarted(organizationId, recordId, now());
        heartbeat(recordId);
      }
      const log: LoggedRow[] = [];
      for (const message of await recordMessages.unstarted(new Date(nowMs - OVERDUE_MS), MOST_AT_ONCE)) {
        const { organizationId, integrationId, messageId, conversationId, by } = message;
        const eventId = recordMessageWorkflowId(organizationId, messageId);
        await storage.syncEvents.open(organizationId, [messageRow(message, eventId)]);
        const input = { organizationId, integrationId, messageId, eventId, askedBy: by };
        const start = { ...closeLoopStart(input, conversationId), workflowIdReusePolicy: 'REJECT_DUPLICATE' as const };
        if (await startOnce(() => workflow.start(CLOSE_LOOP_WORKFLOW, start))) started += 1;
        await recordMessages.markStarted(organizationId, messageId, now());
        log.push(...(await storage.syncEvents.logged(organizationId, [eventId])));
        heartbeat(messageId);
      }
      return { started, log };
    },
  };
}
