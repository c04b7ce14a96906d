import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SEVERITIES } from '../../src/domain/category.ts';
import { TRENDS } from '../../src/domain/pattern.ts';
import { priorityOf, severityOf, WEIGHTS } from '../../src/domain/record-priority.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
const DAY_MS = 86_400_000;
const facts = { customers: 3, trend: 'steady', severity: 'medium', lastReportedAt: NOW } as const;

describe('the priority of a record', () => {
  it('is the sum of its parts, which give 100 points at most', () => {
    assert.equal(
      Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0),
      100,
    );
    fc.assert(
      fc.property(
        fc.record({
          customers: fc.nat(500),
          trend: fc.constantFrom(...TRENDS),
          severity: fc.option(fc.constantFrom(...SEVERITIES)),
          lastReportedAt: fc.option(fc.date({ min: new Date(0), max: NOW, noInvalidDate: true })),
        }),
        (any) => {
          const { score, parts } = priorityOf(any, NOW);
          const sum = parts.reduce((total, { points }) => total + points, 0);
          assert.ok(Math.abs(score - sum) <= 0.5 && score >= 0 && score <= 100);
          for (const { value, weight, points } of parts) assert.equal(points, value * weight);
        },
      ),
    );
  });

  it('grows with customers, severity and trend, and wanes with time', () => {
    const score = (change: object) => priorityOf({ ...facts, ...change }, NOW).score;
    assert.ok(score({ customers: 30 }) > score({}));
    assert.ok(score({ severity: 'critical' }) > score({ severity: 'high' }));
    assert.ok(score({ severity: null }) < score({ severity: 'medium' }));
    assert.ok(score({ trend: 'rising' }) > score({ trend: 'falling' }));
    assert.ok(score({ lastReportedAt: new Date(NOW.getTime() - 60 * DAY_MS) }) < score({}));
  });

  it('has levels that say what they mean', () => {
    const level = (change: object) => priorityOf({ ...facts, ...change }, NOW).level;
    assert.equal(level({ customers: 40, severity: 'critical', trend: 'rising' }), 'urgent');
    assert.equal(level({ customers: 0, severity: 'low', trend: 'quiet', lastReportedAt: null }), 'low');
  });
});

describe('the severity of a record', () => {
  const of = (...severities: (typeof SEVERITIES)[number][]) =>
    severityOf(severities.map((severity, index) => ({ customerKey: `c${index}`, severity })));

  it('is the worst that a quarter of the customers have met', () => {
    assert.equal(of('low', 'low', 'low', 'low', 'critical'), 'low');
    assert.equal(of('low', 'low', 'low', 'critical'), 'critical');
    assert.equal(of('high'), 'high');
    assert.equal(severityOf([]), null);
    assert.equal(severityOf([{ customerKey: 'a', severity: null }]), null);
  });

  it('counts a customer once, by the worst', () => {
    const once = ['low', 'critical', 'critical', 'critical'] as const;
    const rows = [...once.map((severity) => ({ customerKey: 'ada', severity })), { customerKey: 'b', severity: null }];
    assert.equal(
      severityOf([...rows, ...['c', 'd', 'e', 'f'].map((customerKey) => ({ customerKey, severity: 'low' as const }))]),
      'low',
    );
  });
});
