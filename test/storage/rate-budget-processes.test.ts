import assert from 'node:assert/strict';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { startLimitedAccount } from '../support/rate/limited-account.ts';
import { measureRate } from '../support/rate/measure-rate.ts';

const LIMIT = 100;
const WINDOW_MS = 6000;
const OFFSET_MS = 1700;
const OTHERS = 0.3;

/** The five minutes of rate-budget.long.ts in short: windows of six seconds, and looser bounds for a busy machine. */
describe('four processes on one rate limit', function () {
  this.timeout(90_000);
  let mongodb: MongodbServer;
  let account: Awaited<ReturnType<typeof startLimitedAccount>>;
  before(async () => {
    mongodb = await startMongodb();
    account = await startLimitedAccount({
      limit: LIMIT,
      windowMs: WINDOW_MS,
      offsetMs: OFFSET_MS,
      window: 'fixed',
      otherApps: { share: OTHERS, mode: 'spread' },
    });
  });
  after(async () => {
    await account?.stop();
    await mongodb?.stop();
  });

  it('use what another app leaves, in windows that do not begin with the clock’s', async () => {
    const measured = await measureRate({
      account,
      mongodbUri: mongodb.newDatabase(),
      limit: LIMIT,
      windowMs: WINDOW_MS,
      offsetMs: OFFSET_MS,
      others: OTHERS,
      windows: 3,
    });
    const { refused, used, usedByWindow } = measured;
    assert.ok(refused <= 0.08, `refused: ${refused}`);
    assert.ok(used >= 0.7, `used: ${used}, by window ${usedByWindow.join(', ')}`);
  });
});
