import assert from 'node:assert/strict';
import { integrationResumeSchema } from '../../src/domain/integration-resume.ts';
import { newIntegrationMemory } from '../../src/workflows/integration-memory.ts';
import { resumedMemory, resumeOf } from '../../src/workflows/integration-resume.ts';

const settings = { scanWindowDays: 90, quietMs: 1, quietMaxMs: 2, reconcileMs: 3 };
const scan = {
  ...{ scanNumber: 2, total: 9, imported: 4, classified: 4, unchanged: 0, failed: 0 },
  ...{ waitingFor: null, startedAtMs: 50, finishedAtMs: null },
};

describe('what is kept of an integration that is disconnected', () => {
  const live = {
    ...newIntegrationMemory(),
    ...{ state: 'live' as const, mailboxIds: [310], scansStarted: 2, batches: 7, events: 5, reconciledUntilMs: 1000 },
    token: { tokenVersion: 4, expiresAtMs: 1, refreshAtMs: 1 },
    pending: [],
  };

  it('goes on from there, without tokens, and with numbers that no row of the log has yet', () => {
    const resume = integrationResumeSchema.parse(JSON.parse(JSON.stringify(resumeOf(live, settings))));
    const memory = resumedMemory(resume);
    assert.equal(memory.token, null);
    assert.equal(memory.state, 'connecting');
    assert.equal(memory.returnTo, 'live');
    assert.deepEqual([memory.mailboxIds, memory.scansStarted, memory.reconciledUntilMs], [[310], 2, 1000]);
    // The row that says "disconnected" is still to come, and what was under way may tell of something.
    assert.ok(memory.batches >= live.batches + 100 && memory.events >= live.events + 100);
  });

  it('reads again what a scan had not come to, and stays paused when it was', () => {
    const running = { ...live, scan: { ...scan, state: 'running' as const }, scanPeriod: { fromMs: 5, toMs: 50 } };
    assert.deepEqual(resumeOf(running, settings).scanQueue, [{ mailboxIds: [310], period: { fromMs: 5, toMs: 50 } }]);
    const over = { ...live, scan: { ...scan, state: 'completed' as const } };
    assert.deepEqual(resumeOf(over, settings).scanQueue, []);
    const paused = resumeOf({ ...live, state: 'needsReauthorization' as const, returnTo: 'paused' as const }, settings);
    assert.equal(resumedMemory(paused).returnTo, 'paused');
  });

  it('asks for mailboxes where none were chosen', () => {
    assert.equal(resumedMemory(resumeOf(newIntegrationMemory(), settings)).returnTo, 'awaitingMailboxes');
  });
});
