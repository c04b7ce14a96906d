import assert from 'node:assert/strict';
import { reviewInsight } from '../../src/api/commands/review-insight.ts';
import { startRetraining } from '../../src/api/commands/start-retraining.ts';
import { RequestProblem } from '../../src/api/errors.ts';
import { FEWEST_CASES } from '../../src/domain/retraining.ts';
import { ensureSchedules } from '../../src/worker/schedules.ts';
import { addClassified } from '../support/classified.ts';
import { useStorage } from '../support/storage.ts';
import { useTemporal } from '../support/temporal.ts';
import { until } from '../support/until.ts';

const HOUR_MS = 3_600_000;

describe('what follows from people’s judgements', function () {
  this.timeout(120_000);
  const storage = useStorage();
  const env = useTemporal();

  async function judge(organizationId: string, count: number) {
    const integrationId = 'i1';
    const reportedAt = new Date();
    const ids = Array.from({ length: count }, (_, index) => index + 1);
    const unsure = ids.map((conversationId) => ({ conversationId, category: null, text: 'It fails.', reportedAt }));
    await addClassified(storage, { organizationId, integrationId }, unsure);
    for (const conversationId of ids) {
      await reviewInsight(
        { storage, temporal: env.client, now: () => new Date() },
        organizationId,
        { by: 'ann@acme.example', source: 'page' },
        { integrationId, conversationId, issue: 0 },
        { category: 'bug', productArea: null, severity: null },
      );
    }
  }

  it('is a search for the pattern of an issue that had no category, at once', async () => {
    await ensureSchedules(env.client);
    const schedule = env.client.schedule.getHandle('repairPatterns');
    await judge('searched', 1);
    await until(async () => (await schedule.describe()).info.recentActions.length > 0);
  });

  it('is one training at a time, unless one was left behind', async () => {
    await judge('trained', FEWEST_CASES);
    let at = new Date();
    const start = () => startRetraining({ storage, temporal: env.client, now: () => at }, 'trained', 'ann');
    assert.deepEqual(await start(), { version: 1 });
    await assert.rejects(start, (error) => error instanceof RequestProblem && error.problem.status === 409);
    at = new Date(at.getTime() + 3 * HOUR_MS);
    assert.deepEqual(await start(), { version: 2 });
  });
});
