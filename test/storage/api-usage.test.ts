import assert from 'node:assert/strict';
import { useStorage } from '../support/storage.ts';

describe('calls by time', function () {
  this.timeout(60_000);
  const storage = useStorage();

  const HOUR = Math.floor(Date.now() / 3600_000) * 3600_000;
  const at = (minutes: number) => new Date(HOUR + minutes * 60_000 + 30_000);
  const call = (minutes: number, integrationId = 'i1') => ({
    integrationId,
    endpoint: 'GET /v2/conversations',
    now: at(minutes),
  });

  it('are counted by minute and hour with their units, over all connections, by organization', async () => {
    const { apiUsage } = storage;
    await Promise.all(Array.from({ length: 5 }, () => apiUsage.countCall('org', { ...call(7), units: 1 })));
    await apiUsage.countCall('org', { ...call(7, 'i2'), units: 2 });
    await apiUsage.countCall('org', { ...call(8), units: 0 });
    await apiUsage.countCall('org', { ...call(-1), units: 2 });
    await apiUsage.countCall('other', { ...call(7), units: 50 });
    assert.deepEqual(await apiUsage.byMinute('org', at(0)), [
      { minute: new Date(HOUR + 7 * 60_000), calls: 6, units: 7 },
      { minute: new Date(HOUR + 8 * 60_000), calls: 1, units: 0 },
    ]);
    const hours = await apiUsage.byHour('org', at(-60));
    assert.deepEqual(
      hours.map(({ hour, calls, units }) => [hour.getTime(), calls, units]),
      [
        [HOUR - 3600_000, 1, 2],
        [HOUR, 7, 7],
      ],
    );
    assert.equal(
      (await apiUsage.byDay('org', at(-60))).reduce((sum, { calls }) => sum + calls, 0),
      8,
    );
  });

  it('tell refusals, timeouts and waits from other failures', async () => {
    const { apiUsage } = storage;
    await apiUsage.countError('failing', call(1), 'limited');
    await apiUsage.countError('failing', call(1), 'timedOut');
    await apiUsage.countError('failing', call(2));
    await apiUsage.countWait('failing', call(3));
    const [hour] = await apiUsage.byHour('failing', at(0));
    assert.ok(hour);
    const { failed, limited, timedOut, waits, calls } = hour;
    assert.deepEqual(
      { failed, limited, timedOut, waits, calls },
      { failed: 3, limited: 1, timedOut: 1, waits: 1, calls: 0 },
    );
    assert.deepEqual(await apiUsage.byMinute('failing', at(0)), []);
  });

  it('show an account’s windows, with what other apps used', async () => {
    const wanted = {
      account: 'company:77',
      cost: 2,
      assumedLimit: 400,
      shareForOthers: 0,
      urgency: 'interactive' as const,
    };
    const now = new Date();
    assert.deepEqual(await storage.rateBudget.usage('company:77', now, at(-60)), { limit: null, windows: [] });
    const reserved = await storage.rateBudget.reserve({ ...wanted, now });
    assert.ok(typeof reserved !== 'number');
    await storage.rateBudget.settle(reserved, { seen: { limit: 400, remaining: 300 }, refusedForMs: null, now });
    const { limit, windows } = await storage.rateBudget.usage('company:77', now, new Date(now.getTime() - 120_000));
    assert.equal(limit, 400);
    assert.equal(windows.length, 1);
    assert.equal(windows[0]?.ours, 2);
    assert.equal(windows[0]?.limit, 400);
    assert.ok((windows[0]?.others ?? 0) >= 0);
  });
});
