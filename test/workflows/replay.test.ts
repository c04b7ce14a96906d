import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { createPayloadCodec } from '../../src/security/payload-codec.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { workflowBundle } from '../support/time-skipping.ts';
import { RECORDING_KEYS } from './recording-keys.ts';

const FOLDER = join(import.meta.dirname, 'histories');

/** Histories recorded at releases: running workflows have ones like them, and today's code must be able to go on. */
describe('recorded histories', function () {
  this.timeout(60_000);
  before(quietRuntime);

  it('are replayed by today’s workflow code', async () => {
    const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));
    const types = new Set(files.map((name) => name.replace(/^.*-(\w+)\.json$/, '$1')));
    assert.deepEqual([...types].sort(), [
      'conversationSync',
      'customerSync',
      'integration',
      'retryRun',
      'scan',
      'ticketSync',
    ]);
    const dataConverter = { payloadCodecs: [createPayloadCodec(RECORDING_KEYS)] };
    for (const file of files) {
      const history: unknown = JSON.parse(await readFile(join(FOLDER, file), 'utf8'));
      await Worker.runReplayHistory({ workflowBundle: await workflowBundle(), dataConverter }, history, file);
    }
  });

  it('would not be, if the code had changed what it does', async () => {
    const [file] = (await readdir(FOLDER)).filter((name) => name.endsWith('-scan.json'));
    const text = await readFile(join(FOLDER, file ?? ''), 'utf8');
    const changed: unknown = JSON.parse(text.replaceAll('"importPage"', '"readPage"'));
    await assert.rejects(
      Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, changed),
      DeterminismViolationError,
    );
  });
});
