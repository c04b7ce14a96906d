import assert from 'node:assert/strict';
import { createRateWindow } from '../../src/sandbox/http/rate-limit.ts';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';

const LIMIT = 100;
const WINDOW_MS = 60_000;
const OFFSET_MS = 17_000;
const WINDOWS = 4;
const STEP_MS = 200;
const LATENCY_MS = 100;

/** Minutes of calls on one account, in moments: every process is told the time, each by a clock of its own. */
describe('processes whose clocks differ', function () {
  this.timeout(60_000);
  let mongodb: MongodbServer;
  const storages: Storage[] = [];
  before(async () => {
    mongodb = await startMongodb();
  });
  after(async () => {
    await Promise.all(storages.map((storage) => storage.close()));
    await mongodb?.stop();
  });

  const callFor = async (aheadMs: readonly number[]) => {
    const uri = mongodb.newDatabase();
    const processes = await Promise.all(
      aheadMs.map(async (ahead) => ({ ahead, storage: await connectStorage(uri), againAtMs: 0 })),
    );
    storages.push(...processes.map(({ storage }) => storage));
    const startMs = Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS + OFFSET_MS;
    let nowMs = startMs - WINDOW_MS / 2;
    const helpScout = createRateWindow({
      rules: () => ({
        limit: LIMIT,
        windowMs: WINDOW_MS,
        offsetMs: OFFSET_MS,
        window: 'fixed',
        otherApps: { share: 0, mode: 'spread' },
      }),
      now: () => nowMs,
    });
    let refused = 0;
    let allowed = 0;
    for (; nowMs < startMs + WINDOWS * WINDOW_MS; nowMs += STEP_MS) {
      for (const process of processes) {
        if (process.againAtMs > nowMs) continue;
        const at = (ms: number) => new Date(ms + process.ahead);
        const { rateBudget } = process.storage;
        const reserved = await rateBudget.reserve({
          account: 'company:1',
          cost: 1,
          assumedLimit: LIMIT,
          shareForOthers: 0,
          urgency: 'background',
          now: at(nowMs),
        });
        if (typeof reserved === 'number') {
          process.againAtMs = nowMs + reserved;
          continue;
        }
        const answer = helpScout.take(1);
        if (nowMs >= startMs) {
          if (answer.allowed) allowed++;
          else refused++;
        }
        const refusedForMs = answer.allowed ? null : answer.resetSeconds * 1000;
        await rateBudget.settle(reserved, { seen: answer, refusedForMs, now: at(nowMs + LATENCY_MS) });
      }
    }
    return { used: allowed / (LIMIT * WINDOWS), refused: refused / (allowed + refused) };
  };

  for (const aheadMs of [
    [0, 0],
    [0, 400],
    [-4000, 4000],
  ]) {
    it(`use the minute together: ${aheadMs.join(' and ')} ms`, async () => {
      const { used, refused } = await callFor(aheadMs);
      assert.ok(refused <= 0.03, `refused: ${refused}`);
      assert.ok(used >= 0.8, `used: ${used}`);
    });
  }
});
