import assert from 'node:assert/strict';
import { ApplicationFailure } from '@temporalio/common';
import { type Scope, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { repairPatterns } from '../../src/workflows/repair-patterns.ts';
import { fakeActivities } from '../support/fake-activities.ts';
import { useTimeSkipping, withWorkers } from '../support/time-skipping.ts';

const scopeOf = (integrationId: string): Scope => ({ organizationId: 'acme', integrationId });

describe('repair of patterns, by schedule', function () {
  this.timeout(120_000);
  const env = useTimeSkipping();

  it('works every connection off, although one cannot be', async () => {
    const repaired: string[] = [];
    const { activities } = fakeActivities(() => env.currentTimeMs(), {
      listRepairs: async () => [scopeOf('broken'), scopeOf('large'), scopeOf('small')],
      repairPatterns: async ({ integrationId }: Scope) => {
        if (integrationId === 'broken') throw ApplicationFailure.nonRetryable('no');
        repaired.push(integrationId);
        return { joined: 0, suggested: 0, more: repaired.length < 3 };
      },
    });
    await withWorkers(env, activities, () =>
      env.client.workflow.execute(repairPatterns, { taskQueue: TASK_QUEUE, workflowId: `repair-${Math.random()}` }),
    );
    assert.deepEqual(repaired, ['large', 'large', 'large', 'small']);
  });

  it('first gives patterns to what people categorized, page by page, although one connection cannot be', async () => {
    const { activities, calls } = fakeActivities(() => env.currentTimeMs(), {
      listUnplaced: async () => [scopeOf('broken'), scopeOf('fine')],
      placeIssues: async ({ integrationId, from }) => {
        if (integrationId === 'broken') throw ApplicationFailure.nonRetryable('no');
        return { placed: 1, next: from === 0 ? 7 : null };
      },
      listRepairs: async () => [scopeOf('fine')],
    });
    await withWorkers(env, activities, () =>
      env.client.workflow.execute(repairPatterns, { taskQueue: TASK_QUEUE, workflowId: `repair-${Math.random()}` }),
    );
    assert.deepEqual(
      calls.map(({ name, args }) => [name, args[0]]),
      [
        ['listUnplaced', undefined],
        ['placeIssues', { ...scopeOf('broken'), from: 0 }],
        ['placeIssues', { ...scopeOf('fine'), from: 0 }],
        ['placeIssues', { ...scopeOf('fine'), from: 7 }],
        ['listRepairs', undefined],
        ['repairPatterns', scopeOf('fine')],
      ],
    );
  });
});
