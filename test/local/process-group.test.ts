import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcessGroup } from '../../src/local/process-group.ts';
import { identifyProcess } from '../../src/local/process-identity.ts';
import { AlreadyRunning, readRunFile, writeRunFile } from '../../src/local/run-file.ts';
import { waitUntil } from '../../src/local/wait-until.ts';

const quiet = { restartCrashed: false, say: () => undefined, signal: undefined };

describe('a process group', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'group-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('refuses a second start in the same data folder, saying where the first one is', async () => {
    const group = await createProcessGroup({ dataDir, ...quiet });
    await group.describe({ url: 'http://127.0.0.1:3000', mongodbUri: '' });
    await assert.rejects(
      createProcessGroup({ dataDir, ...quiet }),
      (error: Error) => error instanceof AlreadyRunning && error.message.includes('http://127.0.0.1:3000'),
    );
    await group.stop();
    await (await createProcessGroup({ dataDir, ...quiet })).stop();
  });

  it('ends what was started last first, and leaves no process', async () => {
    const group = await createProcessGroup<'database' | 'app'>({ dataDir, ...quiet });
    const journal = join(dataDir, 'ended');
    await writeFile(journal, '');
    for (const name of ['database', 'app'] as const) {
      const logFile = join(dataDir, `${name}.log`);
      const onEnd = `require('fs').appendFileSync(${JSON.stringify(journal)}, '${name} '); process.exit(0);`;
      await group.launch(name, {
        name,
        command: process.execPath,
        args: ['-e', `process.on('SIGTERM', () => { ${onEnd} }); console.log('ready'); setInterval(() => 0, 1000);`],
        env: process.env,
        logFile,
        isReady: async () => (await readFile(logFile, 'utf8')).includes('ready'),
        readyTimeoutMs: 10_000,
        stopTimeoutMs: 5000,
      });
    }
    const pids = [...group.processes.values()].map((child) => child.pid() ?? 0);
    await group.stop();
    assert.equal(await readFile(journal, 'utf8'), 'app database ');
    for (const pid of pids) assert.equal(await identifyProcess(pid), null);
    assert.equal(await readRunFile(dataDir), null);
  });

  it('ends what a killed start has left behind', async () => {
    const left = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
    const identity = await identifyProcess(left.pid ?? 0);
    assert.ok(identity);
    const mine = { name: 'worker', ...identity };
    const somebodyElse = { name: 'api', pid: process.pid, startedAt: 'another time' };
    await writeRunFile(dataDir, { url: '', mongodbUri: '', processes: [mine, somebodyElse] });

    const group = await createProcessGroup({ dataDir, ...quiet });
    await waitUntil(() => left.signalCode === 'SIGTERM', { what: 'the leftover to end', timeoutMs: 5000 });
    await group.stop();
  });
});
