import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import {
  connectUpdate,
  disconnectUpdate,
  helpScoutEventsSignal,
  integrationStatusQuery,
  integrationWorkflowId,
  reauthorizedUpdate,
  selectMailboxesUpdate,
  TASK_QUEUE,
  tokenRejectedSignal,
} from '../../../src/workflows/contract.ts';
import type { integration } from '../../../src/workflows/integration.ts';
import { fakeActivities, imported, importedPage } from '../../support/fake-activities.ts';
import { type TimeSkipping, withWorkers } from '../../support/time-skipping.ts';
import { until } from '../../support/until.ts';
import { type ChainedRun, chainOfRuns } from './chain-of-runs.ts';
import { checkedBundle } from './checked-bundle.ts';

export const HOUR_MS = 3_600_000;
export const TOKEN_LIFE_MS = 48 * HOUR_MS;

/** What happens on which days. */
export interface Calendar {
  days: number;
  /** Hours between two customers who write. */
  everyHours: number;
  reconcileMs: number;
  /** Of one run before it goes on as the next one; absent: as many as Temporal suggests. */
  maxHistoryEvents?: number;
  /** Days on which Help Scout ends our access; an administrator reconnects a day later. */
  revoked: number[];
  /** Days on which Help Scout is down from their first hour on, and for how many hours. */
  down: number[];
  downHours: number;
  /** The day on which one of two mailboxes is deleted, and after how many hours somebody chooses the other one alone. */
  mailboxDeleted: number;
  noticedHours: number;
}

export interface SimulatedYear {
  runs: ChainedRun[];
  told: number[];
  /** Read after it was told, or given a workflow of its own. */
  seen: Set<number>;
  batchIds: string[];
  eventIds: string[];
  /** Of each refresh that nobody forced, the part of the token's life after which it came. */
  refreshedAt: number[];
  /** Of each pass after another one that worked, with access all the time in between: how much later than due it began. */
  passesLateMs: number[];
}

const scopeError = (type: string) => ApplicationFailure.nonRetryable(type, type);
const MAILBOXES = { kept: 310, deleted: 311 };

/** Lives through a calendar with one integration and a Help Scout of fakes. */
export async function simulateYear(env: TimeSkipping, calendar: Calendar): Promise<SimulatedYear> {
  const world = { revoked: false, down: false, deleted: false };
  const issued: { atMs: number; tokenVersion: number; forced: boolean }[] = [];
  const passes: { startedAtMs: number; atMs: number; worked: boolean; access: number }[] = [];
  /** How often access was given. */
  let access = 1;
  const nowMs = () => env.currentTimeMs();
  let forced = false;
  const issue = async () => {
    const token = { tokenVersion: issued.length + 1, expiresAtMs: (await nowMs()) + TOKEN_LIFE_MS };
    issued.push({ atMs: await nowMs(), tokenVersion: token.tokenVersion, forced });
    forced = false;
    return token;
  };
  const orTrouble = () => {
    if (world.down) throw ApplicationFailure.retryable('down', 'helpScoutUnavailable');
    if (world.revoked) throw scopeError('authenticationFailed');
  };

  const seen = new Set<number>();
  const fake = fakeActivities(nowMs, {
    connectAccount: async () => {
      forced = true;
      const { kept, deleted } = MAILBOXES;
      const mailboxes = [kept, deleted].map((mailboxId) => ({ mailboxId, name: `${mailboxId}`, email: 'a@b.example' }));
      const account = { userId: 501, companyId: 9, name: 'Ada Moor', email: 'ada@acme.example' };
      return { account, mailboxes, token: await issue() };
    },
    refreshToken: async () => {
      orTrouble();
      return issue();
    },
    importPage: async (_scope, { mailboxIds, cursor, pass }) => {
      const missing = world.deleted && mailboxIds.includes(MAILBOXES.deleted);
      const worked = !world.down && !world.revoked && !missing;
      if (pass) {
        // Of several tries, and several pages, the last one tells.
        if (passes.at(-1)?.startedAtMs === pass.startedAtMs) passes.pop();
        passes.push({ startedAtMs: pass.startedAtMs, atMs: await nowMs(), worked, access });
      }
      orTrouble();
      if (missing && pass) throw scopeError('mailboxNotFound');
      return importedPage(cursor, { changed: [], pages: 1, total: 0 });
    },
    importConversations: async (_scope, { conversationIds }) => {
      orTrouble();
      for (const id of conversationIds) seen.add(id);
      return imported(conversationIds);
    },
    startConversationSyncs: async (_scope, failed) => {
      for (const { conversationId } of failed) seen.add(conversationId);
      return { log: [] };
    },
  });

  const integrationId = randomUUID();
  const workflowId = integrationWorkflowId(integrationId);
  const told: number[] = [];
  const runs = await withWorkers(
    env,
    fake.activities,
    async () => {
      const settings = {
        ...{ scanWindowDays: 90, quietMs: 30_000, quietMaxMs: 120_000 },
        reconcileMs: calendar.reconcileMs,
        ...(calendar.maxHistoryEvents && { maxHistoryEvents: calendar.maxHistoryEvents }),
      };
      const handle = await env.client.workflow.start<typeof integration>('integration', {
        ...{ workflowId, taskQueue: TASK_QUEUE },
        args: [{ organizationId: 'org', integrationId, settings }],
      });
      const alive = env.client.workflow.getHandle<typeof integration>(workflowId);
      const stateIs = (state: string) =>
        until(async () => (await alive.query(integrationStatusQuery)).state === state, { what: state });
      await alive.executeUpdate(connectUpdate);
      await alive.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: Object.values(MAILBOXES) }] });
      await stateIs('live');

      for (let hour = 0; hour < calendar.days * 24; hour += 1) {
        const day = Math.floor(hour / 24);
        const startsOn = (days: number[]) => hour % 24 === 0 && days.includes(day);
        world.down = calendar.down.includes(day) && hour % 24 < calendar.downHours;
        if (startsOn(calendar.revoked)) {
          world.revoked = true;
          await alive.signal(tokenRejectedSignal, { tokenVersion: issued.length });
        }
        if (startsOn(calendar.revoked.map((revoked) => revoked + 1))) {
          await stateIs('needsReauthorization');
          world.revoked = false;
          access += 1;
          await alive.executeUpdate(reauthorizedUpdate);
        }
        if (startsOn([calendar.mailboxDeleted])) world.deleted = true;
        if (hour === calendar.mailboxDeleted * 24 + calendar.noticedHours) {
          await alive.executeUpdate(selectMailboxesUpdate, { args: [{ mailboxIds: [MAILBOXES.kept] }] });
          await stateIs('live');
        }
        if (hour % calendar.everyHours === 0) {
          told.push(hour + 1);
          const event = { event: 'convo.created', conversationId: hour + 1, receivedAtMs: 0 };
          await alive.signal(helpScoutEventsSignal, [event]);
        }
        await env.sleep(HOUR_MS);
      }
      await until(() => told.every((id) => seen.has(id)), { what: 'the last conversations' });
      await alive.executeUpdate(disconnectUpdate);
      await alive.result();
      return chainOfRuns(env.client, workflowId, handle.firstExecutionRunId);
    },
    checkedBundle(),
  );

  const argsOf = (names: Parameters<typeof fake.callsOf>[0][], field: string) =>
    names.flatMap((name) => fake.callsOf(name).map(({ args }) => String((args[1] as Record<string, unknown>)[field])));
  return {
    runs,
    told,
    seen,
    batchIds: [...new Set(argsOf(['importConversations'], 'batchId'))],
    eventIds: argsOf(['recordIntegrationEvent'], 'eventId'),
    refreshedAt: issued
      .slice(1)
      .flatMap(({ atMs, forced: early }, index) =>
        early ? [] : [(atMs - (issued[index]?.atMs ?? 0)) / TOKEN_LIFE_MS],
      ),
    passesLateMs: passes.slice(1).flatMap((pass, index) => {
      const before = passes[index];
      if (!before?.worked || !pass.worked || before.access !== pass.access) return [];
      // One that had to be tried again may have ended when the next one was long due.
      return [pass.startedAtMs - Math.max(before.startedAtMs + calendar.reconcileMs, before.atMs)];
    }),
  };
}
