import assert from 'node:assert/strict';
import { type AlertFacts, brokenRules } from '../../src/domain/alert-rules.ts';
import { NO_CONNECTION_FACTS } from '../../src/domain/connection-alerts.ts';
import type { AlertRule } from '../../src/domain/notification.ts';
import { organizationSettingsSchema } from '../../src/domain/organization-settings.ts';

const NOW = new Date('2026-11-12T12:00:00Z');
const HOUR_MS = 3_600_000;
const quiet: AlertFacts = {
  now: NOW,
  outcomes: { succeeded: 100, failed: 0 },
  failedTickets: [],
  lastTrafficAt: NOW,
  highestUse: 0.1,
  drifts: [],
  connections: NO_CONNECTION_FACTS,
};
const usual = organizationSettingsSchema.parse({}).alerts;
const rules = { ...usual, silence: { on: true, hours: 6 } };
const broken = (facts: Partial<AlertFacts>, active: AlertRule[] = [], set = rules) => [
  ...brokenRules(set, { ...quiet, ...facts }, new Set(active)).keys(),
];

describe('alert rules', () => {
  it('hold while all is well', () => assert.deepEqual(broken({}), []));

  it('are broken by a success rate below the limit, not by one at it, nor by a few events', () => {
    assert.deepEqual(broken({ outcomes: { succeeded: 95, failed: 5 } }), []);
    assert.deepEqual(broken({ outcomes: { succeeded: 94, failed: 6 } }), ['successRate']);
    assert.deepEqual(broken({ outcomes: { succeeded: 0, failed: 9 } }), []);
    assert.deepEqual(broken({ outcomes: { succeeded: 0, failed: 0 } }), []);
  });

  it('stay broken until the rate is clearly above the limit, so that they do not flicker', () => {
    assert.deepEqual(broken({ outcomes: { succeeded: 954, failed: 46 } }, ['successRate']), ['successRate']);
    assert.deepEqual(broken({ outcomes: { succeeded: 955, failed: 45 } }, ['successRate']), []);
    const strict = { ...rules, successRate: { on: true, percent: 100 } };
    assert.deepEqual(broken({ outcomes: { succeeded: 100, failed: 0 } }, ['successRate'], strict), []);
  });

  it('are broken by silence of a live connection alone', () => {
    const lastTrafficAt = new Date(NOW.getTime() - 6 * HOUR_MS);
    assert.deepEqual(broken({ lastTrafficAt }), ['silence']);
    assert.deepEqual(broken({ lastTrafficAt: new Date(lastTrafficAt.getTime() + 1) }), []);
    assert.deepEqual(broken({ lastTrafficAt: null }), []);
  });

  it('are broken at 80 % of the limit, and name failed tickets', () => {
    assert.deepEqual(broken({ highestUse: 0.8 }), ['apiLimit']);
    assert.deepEqual(broken({ highestUse: 0.79 }), []);
    const found = brokenRules(rules, { ...quiet, failedTickets: ['a', 'b'] }, new Set());
    assert.deepEqual(found.get('failedTicket')?.about, ['a', 'b']);
  });

  it('are not looked at when they are off', () => {
    const off = {
      successRate: { on: false, percent: 95 },
      failedTicket: { on: false },
      silence: { on: false, hours: 1 },
      quietHour: { on: false },
    };
    const bad = { outcomes: { succeeded: 0, failed: 99 }, failedTickets: ['a'], lastTrafficAt: new Date(0) };
    assert.deepEqual(broken(bad, [], off), []);
  });
});
