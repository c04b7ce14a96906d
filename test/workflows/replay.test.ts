import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { createPayloadCodec } from '../../src/security/payload-codec.ts';
import { WORKFLOW_INTERCEPTORS, WORKFLOWS_PATH } from '../../src/worker/worker.ts';
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
const NOT_YET_RECORDED = [
  'closeLoop',
  'customerBatch',
  'customerImport',
  'docsSync',
  'erase',
  'outcomeCheck',
  'whatIf',
];

/** Whether worker versioning keeps it on the version it began on. */
const isPinned = (workflow: object | undefined) => OVER_SOON.some((pinned) => pinned === workflow);

/** Histories recorded at releases: running workflows have ones like them, and today's code must be able to go on. */
describe('recorded histories', function () {
  this.timeout(60_000);
  before(quietRuntime);

  it('are there for every workflow that outlives a moment', async () => {
    const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));
    const recorded = new Set(files.map((name) => name.replace(/^.*-(\w+)\.json$/, '$1')));
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
    'without anything around it': [],
    'as the worker runs it': [WORKFLOW_INTERCEPTORS],
    'as the worker runs it when it is traced': [TRACING, WORKFLOW_INTERCEPTORS],
  };
  for (const [how, workflowModules] of Object.entries(variants)) {
    it(`are replayed by today’s workflow code, ${how}`, async () => {
      const bundle = await bundleWorkflowCode({
        workflowsPath: WORKFLOWS_PATH,
        workflowInterceptorModules: workflowModules,
        logger: new DefaultLogger('ERROR'),
      });
      const options = {
        workflowBundle: bundle,
        interceptors: { workflowModules },
        sinks: { exporter: { export: { fn: () => undefined } } },
        dataConverter: { payloadCodecs: [createPayloadCodec(RECORDING_KEYS)] },
      };
      for (const file of (await readdir(FOLDER)).filter((name) => name.endsWith('.json'))) {
        const history: unknown = JSON.parse(await readFile(join(FOLDER, file), 'utf8'));
        await Worker.runReplayHistory(options, history, file);
      }
    });
  }

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
