import { createRandom } from '../../src/sandbox/corpus/prng.ts';
import { type RunningStack, startRunningStack } from '../e2e/running-stack.ts';
import { createAdministrator } from './administrator.ts';
import { type Comparison, compare } from './compare.ts';
import { switchFaultsOff, switchFaultsOn } from './faults.ts';
import { addForm, addKey, reports } from './fixtures.ts';
import { openHelpScoutSide } from './help-scout-side.ts';
import { createKiller, type Kill, planKills } from './killing.ts';
import type { ChaosOptions } from './options.ts';
import { pendingWork } from './pending-work.ts';
import { settle } from './settling.ts';
import { createTraffic } from './traffic.ts';

export interface ChaosReport extends Comparison {
  seed: number;
  killed: Record<string, number>;
  /** Processes that ended without being killed; starting while what they need is down does not count. */
  crashes: number;
  /** What was still to do when nothing more was waited for; empty where all settled. */
  unsettled: string[];
  seconds: { starting: number; underFire: number; settling: number; comparing: number };
  traffic: Record<string, number>;
  administrator: Record<string, number>;
}

/** Answers a call takes no part of: the limit is tested elsewhere, and would only make this slower. */
const CALLS_PER_MINUTE = 100_000;

/**
 * Runs the whole product under traffic while Help Scout misbehaves and every process of ours is killed again and again;
 * then waits until all is quiet, and compares what was done with what everybody has of it.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, minutes, conversations, perSecond, kills, reconcileMinutes, say, signal } = options;
  const random = createRandom(seed);
  const seeds = Array.from({ length: 3 }, () => random.between(1, 1_000_000));
  const [killSeed = 0, trafficSeed = 0, faultSeed = 0] = seeds;
  const plan = planKills(createRandom(killSeed), { kills, forMs: minutes * 60_000 });
  say(`seed ${seed}: ${kills} kills in ${minutes} min, ${conversations} conversations, ${perSecond} a second`);
  let crashes = 0;

  const running = await startRunningStack({
    corpus: reports(conversations),
    ownMongodb: true,
    say: (line) => {
      if (!line.includes('ended unexpectedly')) return;
      crashes += 1;
      say(line);
    },
    env: {
      RECONCILE_MINUTES: String(reconcileMinutes),
      HELPSCOUT_SEARCH_LAG_SECONDS: '2',
      HELPSCOUT_CLOCK_DIFFERENCE_SECONDS: '5',
      HELPSCOUT_CALLS_PER_MINUTE: String(CALLS_PER_MINUTE),
      FORM_SUBMISSIONS_PER_MINUTE: '1000000',
      API_CALLS_PER_MINUTE: '1000000',
    },
  });
  try {
    const work = underFire(running, { ...options, plan, trafficSeed, faultSeed });
    return { ...(await Promise.race([work, stopping(signal)])), crashes };
  } finally {
    await running.stop();
  }
}

/** Rejects once it is aborted. */
function stopping(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new Error('Stopped before it was over.')));
  });
}

interface Plan extends ChaosOptions {
  plan: Kill[];
  trafficSeed: number;
  faultSeed: number;
}

async function underFire(
  running: RunningStack,
  { seed, minutes, perSecond, settleMinutes, say, plan, trafficSeed, faultSeed }: Plan,
): Promise<Omit<ChaosReport, 'crashes'>> {
  const watch = stopwatch();
  const { control, stack, storage, organizationId } = running;
  await control('PATCH', '/switches', { rateLimit: { perMinute: CALLS_PER_MINUTE } });
  const integrationId = await running.connect();
  const helpScout = openHelpScoutSide(running);
  const { mailboxes = [] } = (await storage.integrations.get(organizationId, integrationId)) ?? {};
  const mailboxIds = mailboxes.map(({ mailboxId }) => mailboxId);
  const before = await helpScout.conversations({ organizationId, integrationId, mailboxIds });
  const administrator = createAdministrator(running, integrationId);
  const killer = createKiller(stack, say);
  const traffic = createTraffic({
    ...{ running, helpScout, random: createRandom(trafficSeed), known: [...before.keys()] },
    formKey: await addForm(running, integrationId, mailboxIds),
    apiKey: await addKey(running),
  });
  await switchFaultsOn(running, createRandom(faultSeed));
  const starting = watch.lap();

  const administering = administrator.work();
  await Promise.all([killer.carryOut(plan), traffic.keepUp({ perSecond, forMs: minutes * 60_000 })]);
  administrator.end();
  await administering;
  await switchFaultsOff(running);
  const burning = watch.lap();
  say(`quiet after ${burning} s; ${JSON.stringify(killer.killed)}, ${killer.vainStarts()} starts in vain`);

  const deps = { running, helpScout, administrator, integrationId };
  const unsettled = await settle(deps, { timeoutMs: settleMinutes * 60_000, say });
  if (unsettled.length > 0) for (const line of await pendingWork(running)) say(line);
  const settling = watch.lap();
  const { ledger } = traffic;
  const compared = await compare(deps, ledger, before);
  return {
    seed,
    ...compared,
    killed: killer.killed,
    unsettled,
    seconds: { starting, underFire: burning, settling, comparing: watch.lap() },
    traffic: {
      ...ledger,
      submissions: ledger.submissions.length,
      customers: ledger.customers.size,
    },
    administrator: administrator.done,
  };
}

/** Whether nothing was lost, done twice or left undone. */
export const isUnharmed = ({ lost, doubled, stuck, unsettled }: ChaosReport): boolean =>
  [lost, doubled, stuck, unsettled].every((found) => Object.keys(found).length === 0);

/** The whole report as one line. */
export const summaryOf = (report: ChaosReport): string => JSON.stringify(report);

function stopwatch() {
  let lastMs = Date.now();
  return {
    /** Whole seconds since the last call. */
    lap(): number {
      const sinceMs = Date.now() - lastMs;
      lastMs = Date.now();
      return Math.round(sinceMs / 1000);
    },
  };
}
