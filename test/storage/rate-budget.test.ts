import assert from 'node:assert/strict';
import type { Reservation, Reserved } from '../../src/storage/rate-reservation.ts';
import { useStorage } from '../support/storage.ts';

describe('rate budget', function () {
  this.timeout(60_000);
  const storage = useStorage();

  // Not long ago: MongoDB throws out old buckets while the tests run.
  const MINUTE = Math.floor(Date.now() / 60_000) * 60_000;
  const at = (seconds: number) => new Date(MINUTE + seconds * 1000);
  const WANTED = { cost: 1, assumedLimit: 20, shareForOthers: 0, urgency: 'background' as const };

  const reserve = (account: string, seconds: number, change: Partial<Reservation> = {}) =>
    storage.rateBudget.reserve({ ...WANTED, account, now: at(seconds), ...change });
  const granted = async (account: string, seconds: number, change: Partial<Reservation> = {}): Promise<Reserved> => {
    const answer = await reserve(account, seconds, change);
    assert.ok(typeof answer !== 'number', `refused for ${String(answer)} ms`);
    return answer;
  };
  const answer = (reserved: Reserved, seconds: number, remaining: number, limit = 20) =>
    storage.rateBudget.settle(reserved, { seen: { limit, remaining }, refusedForMs: null, now: at(seconds) });
  const refuse = (reserved: Reserved, seconds: number, forSeconds: number, remaining = 0) =>
    storage.rateBudget.settle(reserved, {
      seen: { limit: 20, remaining },
      refusedForMs: forSeconds * 1000,
      now: at(seconds),
    });

  let accounts = 0;
  /** An account whose minutes are known to begin with the clock's. */
  const knownAccount = async () => {
    const account = `company:${++accounts}`;
    const bounds = { earliestMs: MINUTE - 100, latestMs: MINUTE };
    await storage.connection.model('RateAccount').create({ _id: account, bounds, boundsSinceMs: MINUTE });
    return account;
  };
  const takeAll = async (account: string, seconds: number, change: Partial<Reservation> = {}) => {
    const taken: Reserved[] = [];
    for (;;) {
      const answer = await reserve(account, seconds, change);
      if (typeof answer === 'number') return { taken, waitMs: answer };
      taken.push(answer);
    }
  };

  it('gives out exactly what is released, however many ask at once', async () => {
    const account = await knownAccount();
    const answers = await Promise.all(Array.from({ length: 40 }, () => reserve(account, 0)));
    assert.equal(answers.filter((answer) => typeof answer !== 'number').length, 15);
  });

  it('releases the last quarter evenly, so that the minute ends nearly used up', async () => {
    const account = await knownAccount();
    const { taken, waitMs } = await takeAll(account, 0);
    assert.equal(taken.length, 15);
    assert.equal(waitMs, 12_000);
    assert.equal((await takeAll(account, 30)).taken.length, 2);
    assert.equal((await takeAll(account, 59.9)).taken.length, 2);
  });

  it('lets those that wait come one after the other', async () => {
    const account = await knownAccount();
    await takeAll(account, 0);
    // The one refused above comes back after 12 seconds.
    const waits = [await reserve(account, 1), await reserve(account, 1), await reserve(account, 1)];
    assert.deepEqual(waits, [23_000, 35_000, 47_000]);
    assert.equal(await reserve(account, 1), 59_000);
  });

  it('keeps room for people, and starts anew with the next minute', async () => {
    const account = await knownAccount();
    await takeAll(account, 20);
    assert.equal((await takeAll(account, 20, { urgency: 'interactive' })).taken.length, 4);
    assert.equal(await reserve(account, 20, { urgency: 'interactive' }), 40_000);
    assert.equal((await takeAll(account, 60)).taken.length, 15);
  });

  it('counts a write twice', async () => {
    const account = await knownAccount();
    assert.equal((await takeAll(account, 0, { cost: 2 })).taken.length, 7);
  });

  it('lets through a call that costs more than the limit has, rather than none for ever', async () => {
    assert.equal((await takeAll(await knownAccount(), 0, { assumedLimit: 1, cost: 2 })).taken.length, 1);
  });

  it('leaves other apps their share, whether they use it or not', async () => {
    const account = await knownAccount();
    const shareForOthers = 0.5;
    assert.equal((await takeAll(account, 0, { shareForOthers, urgency: 'interactive' })).taken.length, 10);
    const used = await knownAccount();
    const first = await granted(used, 0, { shareForOthers });
    // Eight units that others have used are part of their share, and are not left to them twice.
    await answer(first, 0, 11);
    assert.equal((await takeAll(used, 1, { shareForOthers, urgency: 'interactive' })).taken.length, 9);
  });

  it('makes way for what other apps use, and for as much in the next minute', async () => {
    const account = await knownAccount();
    const first = await granted(account, 60);
    await answer(first, 62, 9);
    assert.equal((await takeAll(account, 62, { urgency: 'interactive' })).taken.length, 9);
    // Ten by others, and a little more for them to grow: nine of twenty are left.
    assert.equal((await takeAll(account, 120, { urgency: 'interactive' })).taken.length, 9);
  });

  it('adds nothing up when the same use is told twice', async () => {
    const account = await knownAccount();
    const [first, second] = [await granted(account, 5), await granted(account, 5)];
    await Promise.all([answer(first, 6, 10), answer(second, 6, 10)]);
    assert.equal((await takeAll(account, 7, { urgency: 'interactive' })).taken.length, 10);
  });

  it('counts a call whose answer was lost as made', async () => {
    const account = await knownAccount();
    const lost = await granted(account, 0);
    await storage.rateBudget.settle(lost, { seen: null, refusedForMs: null, now: at(2) });
    assert.equal((await takeAll(account, 2, { urgency: 'interactive' })).taken.length, 19);
  });

  it('takes over the limit that Help Scout tells', async () => {
    const account = await knownAccount();
    await answer(await granted(account, 0), 2, 39, 40);
    assert.equal((await takeAll(account, 2, { urgency: 'interactive' })).taken.length, 39);
  });

  it('gives out nothing once Help Scout has refused, until its minute ends, which is not ours', async () => {
    const account = `company:${++accounts}`;
    await refuse(await granted(account, 20), 20, 30);
    assert.equal(await reserve(account, 20, { urgency: 'interactive' }), 30_000);
    assert.equal(await reserve(account, 49, { urgency: 'interactive' }), 1000);
    await granted(account, 50.1);
    const { taken, waitMs } = await takeAll(account, 65, { urgency: 'interactive' });
    assert.equal(taken.length, 19);
    assert.equal(waitMs, 45_000);
  });

  it('waits no longer than the minute when the refusal tells whole seconds only', async () => {
    const account = await knownAccount();
    await refuse(await granted(account, 59.5), 59.6, 1);
    assert.equal(await reserve(account, 59.7), 300);
    await granted(account, 60);
  });

  it('learns nothing about minutes from a refusal of another kind', async () => {
    const account = await knownAccount();
    await refuse(await granted(account, 20), 20, 5, 15);
    assert.equal(await reserve(account, 21), 4000);
    await granted(account, 25.1);
    assert.equal((await takeAll(account, 90, { urgency: 'interactive' })).waitMs, 30_000);
  });

  it('obeys a refusal that is longer than the minute, and does not take its end for a minute’s', async () => {
    const account = await knownAccount();
    await refuse(await granted(account, 20), 20, 600);
    assert.equal(await reserve(account, 61), 559_000);
    assert.equal((await takeAll(account, 630, { urgency: 'interactive' })).waitMs, 30_000);
  });

  it('waits for no refusal that a wrong clock has noted', async () => {
    const account = await knownAccount();
    await refuse(await granted(account, 3600), 3600, 30);
    await granted(account, 10);
  });

  it('takes no headers at their word that cannot be true', async () => {
    const account = await knownAccount();
    await answer(await granted(account, 2), 3, 0, 1_000_000_000);
    await answer(await granted(account, 2), 3, 35);
    await answer(await granted(account, 2), 3, 0, 0);
    assert.equal((await takeAll(account, 3, { urgency: 'interactive' })).taken.length, 17);
  });

  it('gives what a killed process had reserved to the next minute', async () => {
    const account = await knownAccount();
    await takeAll(account, 0);
    assert.equal((await takeAll(account, 30)).taken.length, 2);
    assert.equal((await takeAll(account, 60)).taken.length, 15);
  });

  it('sees in falling counts when minutes begin, and keeps few calls under way until then', async () => {
    const account = `company:${++accounts}`;
    const { taken } = await takeAll(account, 10);
    assert.equal(taken.length, 4);
    for (const [index, reserved] of taken.entries()) await answer(reserved, 12 + index, 12 - index);
    await answer(await granted(account, 18), 19, 19);
    // The minute began between 15 and 19: the room of a whole one, less what is used of it.
    assert.equal((await takeAll(account, 19, { urgency: 'interactive' })).taken.length, 19);
    assert.equal(await reserve(account, 19, { urgency: 'interactive' }), 60_000);
  });

  it('does not mistake the last answers of a minute for the use of the next', async () => {
    const account = await knownAccount();
    await answer(await granted(account, 0.1), 0.3, 1);
    assert.equal((await takeAll(account, 0.4, { urgency: 'interactive' })).taken.length, 19);
  });

  it('notices a minute that slides, and then spreads calls evenly', async () => {
    const account = await knownAccount();
    for (const [index, remaining] of [5, 6, 7, 8].entries()) {
      await answer(await granted(account, 10 + index * 2), 11 + index * 2, remaining);
    }
    assert.equal((await takeAll(account, 30)).taken.length, 5);
  });

  it('keeps windows of other lengths apart', async () => {
    const docs = { windowMs: 600_000, urgency: 'interactive' as const };
    const ten = Math.floor(MINUTE / 600_000) * 600;
    const seconds = (after: number) => ten + after - MINUTE / 1000;
    assert.equal((await takeAll('docs:1', seconds(5), docs)).taken.length, 20);
    assert.equal(await reserve('docs:1', seconds(590), docs), 10_000);
    assert.equal((await takeAll('docs:1', seconds(600), docs)).taken.length, 20);
  });

  it('counts calls, errors and refusals by endpoint and day, for each organization on its own', async () => {
    const call = { integrationId: 'i1', endpoint: 'GET /v2/users/me', now: at(0) };
    const { apiUsage } = storage;
    await Promise.all([1, 2, 3].map(() => apiUsage.countCall('org', call)));
    await apiUsage.countError('org', call);
    await apiUsage.countCall('org', { ...call, integrationId: 'i2' });
    await apiUsage.countCall('other', call);
    await apiUsage.countRefused('org', { ...call, endpoint: 'GET /v9/secrets' });
    const me = { endpoint: call.endpoint, errors: 1, refused: 0 };
    assert.deepEqual(await apiUsage.byEndpoint('org', new Date(0)), [
      { ...me, calls: 4 },
      { endpoint: 'GET /v9/secrets', calls: 0, errors: 0, refused: 1 },
    ]);
    assert.deepEqual((await apiUsage.byEndpoint('org', new Date(0), 'i1'))[0], { ...me, calls: 3 });
    assert.deepEqual(await apiUsage.byEndpoint('org', at(48 * 3600)), []);
  });
});
