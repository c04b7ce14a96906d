import assert from 'node:assert/strict';
import { stuckBy } from '../../src/domain/stuck.ts';

const NOW = Date.parse('2026-03-04T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ago = (ms: number) => NOW - ms;

describe('what keeps a connection from making progress', () => {
  const live = { state: 'live' as const, createdAt: new Date(ago(9 * DAY_MS)), scan: null, scanPace: [], waits: {} };
  const running = { state: 'running' as const, waitingFor: null, startedAtMs: ago(60 * MINUTE_MS) };

  it('is nothing while it works, or somebody paused it', () => {
    assert.equal(stuckBy(live, NOW), null);
    assert.equal(stuckBy({ ...live, state: 'paused', scan: running }, NOW), null);
    assert.equal(stuckBy({ ...live, scan: running, scanPace: [{ atMs: ago(MINUTE_MS) }] }, NOW), null);
  });

  it('is a wait that lasts, with its cause', () => {
    const wait = { code: 'rateLimited' as const, sinceMs: ago(5 * MINUTE_MS), untilMs: null, seenMs: ago(MINUTE_MS) };
    assert.deepEqual(stuckBy({ ...live, waits: { helpScout: wait } }, NOW), {
      ...{ why: 'waits', code: 'rateLimited', untilMs: null },
      sinceMs: ago(5 * MINUTE_MS),
    });
  });

  it('is a scan without a page for a quarter of an hour', () => {
    const found = stuckBy({ ...live, scan: running, scanPace: [{ atMs: ago(16 * MINUTE_MS) }] }, NOW);
    assert.deepEqual(found, { why: 'scanStands', sinceMs: ago(16 * MINUTE_MS) });
  });

  it('is access that was withdrawn, and a connection that nobody finished', () => {
    assert.equal(stuckBy({ ...live, state: 'needsReauthorization' }, NOW)?.why, 'needsReauthorization');
    assert.equal(stuckBy({ ...live, state: 'awaitingMailboxes' }, NOW)?.why, 'notSetUp');
    assert.equal(stuckBy({ ...live, state: 'awaitingMailboxes', createdAt: new Date(ago(MINUTE_MS)) }, NOW), null);
  });
});
