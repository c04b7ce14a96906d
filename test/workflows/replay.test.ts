import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { createPayloadCodec } from '../../src/security/payload-codec.ts';
import { WORKFLOW_INTERCEPTORS } from '../../src/worker/worker.ts';
import { SCHEDULED } from '../../src/workflows/contract.ts';
import * as workflows from '../../src/workflows/index.ts';
import { OVER_SOON } from '../../src/workflows/versioning.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { workflowBundle } from '../support/time-skipping.ts';
import { RECORDING_KEYS } from './recording-keys.ts';

const FOLDER = join(import.meta.dirname, 'histories');
const TRACING = createRequire(import.meta.url).resolve(
  '@temporalio/interceptors-opentelemetry/lib/workflow-interceptors',
);
/** Newer than the last release: `npm run histories:record` makes histories of them, and then they leave this list. */
const NOT_YET_RECORDED: readonly string[] = [];

/** Whether worker versioning keeps it on the version it began on. */
const isPinned = (workflow: object | undefined) => OVER_SOON.some((pinned) => pinned === workflow);

const files = async () => (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));
const releaseOf = (file: string) => file.slice(0, file.lastIndexOf('-'));
const recordedReleases = async () => [...new Set((await files()).map(releaseOf))];
const newestRelease = async () =>
  (await recordedReleases()).sort((one, other) => one.localeCompare(other, 'en', { numeric: true })).slice(-1);

/** The histories of these releases, each named by its file. */
async function* recordings(releases: readonly string[]) {
  for (const file of await files()) {
    if (!releases.includes(releaseOf(file))) continue;
    const history: unknown = JSON.parse(await readFile(join(FOLDER, file), 'utf8'));
    yield { workflowId: file, history };
  }
}

/** Histories recorded at releases: running workflows have ones like them, and today's code must be able to go on. */
describe('recorded histories', function () {
  this.timeout(240_000);
  before(quietRuntime);

  it('are there for every workflow that outlives a moment', async () => {
    const recorded = new Set((await files()).map((name) => name.replace(/^.*-(\w+)\.json$/, '$1')));
    const lasting = Object.entries(workflows)
      .filter(([, workflow]) => !isPinned(workflow))
      .map(([type]) => type);
    assert.deepEqual(
      lasting.filter((type) => !recorded.has(type) && !NOT_YET_RECORDED.includes(type)),
      [],
    );
    assert.deepEqual(
      [...recorded].filter((type) => !lasting.includes(type)),
      [],
    );
  });

  it('name every workflow that schedules start as one that is over soon', () => {
    const types = new Map<string, object>(Object.entries(workflows));
    assert.deepEqual(
      Object.keys(SCHEDULED).filter((type) => !isPinned(types.get(type))),
      [],
    );
  });

  const variants = {
    'as the worker runs it': { workflowModules: [WORKFLOW_INTERCEPTORS], releases: recordedReleases },
    // What is around the code does not depend on the release: the newest has every workflow.
    'without anything around it': { workflowModules: [], releases: newestRelease },
    'as the worker runs it when it is traced': {
      workflowModules: [TRACING, WORKFLOW_INTERCEPTORS],
      releases: newestRelease,
    },
  };
  for (const [how, { workflowModules, releases }] of Object.entries(variants)) {
    it(`are replayed by today’s workflow code, ${how}`, async () => {
      const options = {
        workflowBundle: await workflowBundle(workflowModules),
        sinks: { exporter: { export: { fn: () => undefined } } },
        dataConverter: { payloadCodecs: [createPayloadCodec(RECORDING_KEYS)] },
      };
      const replayed: string[] = [];
      for await (const { workflowId, error } of Worker.runReplayHistories(options, recordings(await releases()))) {
        if (error) throw error;
        replayed.push(workflowId);
      }
      assert.ok(replayed.length > 0);
    });
  }

  it('would not be, if the code had changed what it does', async () => {
    const file = (await files()).find((name) => name.endsWith('-scan.json'));
    const text = await readFile(join(FOLDER, file ?? ''), 'utf8');
    const changed: unknown = JSON.parse(text.replaceAll('"importPage"', '"readPage"'));
    await assert.rejects(
      Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, changed),
      DeterminismViolationError,
    );
  });
});
