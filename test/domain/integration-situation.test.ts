import assert from 'node:assert/strict';
import {
  type IntegrationSituation,
  situationLine,
  utcMoment,
  waitingFor,
} from '../../src/domain/integration-situation.ts';
import { type IntegrationWait, lastingWaits } from '../../src/domain/integration-wait.ts';
import { timeLeft } from '../../src/domain/scan-pace.ts';

const NOON = Date.UTC(2026, 10, 12, 12, 0);
const MINUTE_MS = 60_000;
const clock = { nowMs: NOON, at: utcMoment };
const live: IntegrationSituation = {
  ...{ state: 'live', sinceMs: NOON - MINUTE_MS, mailboxes: 2, scan: null, mailboxesToScan: 0, pending: 0, waits: [] },
  ...{ pausedBy: null, accessEndsAtMs: null, askedUntilMs: null, budget: null, webhooksOff: null },
};
const wait = (change: Partial<IntegrationWait>): IntegrationWait => ({
  ...{ source: 'helpScout', code: 'helpScoutUnavailable', sinceMs: NOON - 2 * MINUTE_MS, untilMs: null, seenMs: NOON },
  ...change,
});
const scan = {
  ...{ scanNumber: 1, total: 100, imported: 30, classified: 20, unchanged: 0, failed: 0, waitingFor: null },
  ...{ state: 'running' as const, startedAtMs: NOON - MINUTE_MS, finishedAtMs: null },
};

describe('the line about an integration', () => {
  const cases: [string, Partial<IntegrationSituation>, RegExp, string][] = [
    ['follows', {}, /^Following 2 mailboxes$/, 'nothing'],
    [
      'is at the limit',
      { waits: [wait({ code: 'rateLimited', untilMs: NOON + MINUTE_MS })] },
      /^Rate limit until 2026-11-12 12:01 UTC; Following/,
      'rateLimited',
    ],
    [
      'cannot reach Help Scout',
      { waits: [wait({})] },
      /^Help Scout unavailable since 2026-11-12 11:58 UTC/,
      'helpScoutUnavailable',
    ],
    ['is paused', { state: 'paused', pausedBy: 'Ada' }, /^Paused by Ada since 2026-11-12 11:59 UTC$/, 'resume'],
    [
      'needs a reconnect',
      { state: 'needsReauthorization', accessEndsAtMs: NOON + MINUTE_MS, askedUntilMs: NOON - MINUTE_MS, pending: 1 },
      /^Reconnect needed since .*, which ends 2026-11-12 12:01 UTC\. Nothing is lost by waiting.* 1 conversation waits$|^Reconnect needed since .*; 1 conversation waits$/,
      'reconnect',
    ],
    [
      'is at the cap',
      { budget: { conversations: 7, untilMs: NOON + MINUTE_MS } },
      /7 conversations not classified: the day’s cost cap is reached, until 2026-11-12 12:01 UTC$/,
      'costCapReached',
    ],
    ['hears no webhooks', { webhooksOff: { sinceMs: NOON } }, /webhooks off since 2026-11-12 12:00 UTC/, 'webhooks'],
    ['scans', { state: 'scanning', scan }, /^Scanning: 30 of 100 read, 20 classified/, 'nothing'],
    [
      'waits while it scans',
      { state: 'scanning', scan: { ...scan, state: 'waiting', waitingFor: 'costCapReached' } },
      /^Scanning: 30 of 100 read.*waiting: /,
      'costCapReached',
    ],
  ];
  for (const [name, change, line, word] of cases) {
    it(`says when it ${name}`, () => {
      const situation = { ...live, ...change };
      assert.match(situationLine(situation, clock), line);
      assert.equal(waitingFor(situation), word);
    });
  }

  it('tells only of waits that last, or will, and that are no old news', () => {
    const brief = wait({ sinceMs: NOON - 5_000 });
    const long = wait({ sinceMs: NOON - 5_000, untilMs: NOON + MINUTE_MS });
    const old = wait({ seenMs: NOON - 41 * MINUTE_MS, sinceMs: NOON - 50 * MINUTE_MS });
    assert.deepEqual(lastingWaits([brief, long, old], NOON), [long]);
  });
});

describe('the time that is left of a scan', () => {
  const pace = [
    { atMs: NOON - 10_000, done: 0 },
    { atMs: NOON, done: 20 },
  ];
  it('is what is left at the pace of the last pages', () =>
    assert.deepEqual(timeLeft(scan, pace, NOON), { leftMs: 40_000 }));
  it('is unknown before there is a pace, while it waits, and before Help Scout has counted', () => {
    assert.deepEqual(timeLeft(scan, [], NOON), { unknown: 'tooEarly' });
    assert.deepEqual(timeLeft({ ...scan, state: 'paused' }, pace, NOON), { unknown: 'waiting' });
    assert.deepEqual(timeLeft({ ...scan, total: null }, pace, NOON), { unknown: 'counting' });
    assert.equal(timeLeft({ ...scan, state: 'cancelled' }, pace, NOON), null);
  });
});
