import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifyProcess } from '../../src/local/process-identity.ts';
import { type ProcessSpec, superviseProcess } from '../../src/local/supervised-process.ts';
import { waitUntil } from '../../src/local/wait-until.ts';

const READY = "console.log('ready'); setInterval(() => undefined, 1000);";

describe('a supervised process', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'supervised-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Runs `script` in Node; ready once its log holds the word. */
  const spec = (name: string, script: string, more: Partial<ProcessSpec> = {}): ProcessSpec => {
    const logFile = join(folder, `${name}.log`);
    return {
      name,
      command: process.execPath,
      args: ['-e', script],
      env: process.env,
      logFile,
      isReady: async () => (await readFile(logFile, 'utf8')).includes('ready'),
      readyTimeoutMs: 10_000,
      stopTimeoutMs: 5000,
      ...more,
    };
  };
  const supervise = (wanted: ProcessSpec, restartCrashed = false) => {
    const said: string[] = [];
    return { said, child: superviseProcess(wanted, { restartCrashed, say: (line) => said.push(line) }) };
  };
  const isGone = async (pid: number) => (await identifyProcess(pid)) === null;

  it('is started again after a crash, and says so', async () => {
    const { child, said } = supervise(spec('crashing', READY), true);
    await child.start();
    try {
      const first = child.pid() ?? 0;
      process.kill(first, 'SIGKILL');
      await waitUntil(() => said.some((line) => line.includes('running again')), {
        what: 'restart',
        timeoutMs: 10_000,
      });
      assert.notEqual(child.pid(), first);
      assert.match(said[0] ?? '', /crashing ended unexpectedly \(SIGKILL\)/);
    } finally {
      await child.stop();
    }
  });

  it('stays down after a wanted kill until it is restarted', async () => {
    const { child, said } = supervise(spec('killed', READY), true);
    await child.start();
    try {
      await child.kill('SIGKILL');
      assert.equal(child.pid(), null);
      await child.restart();
      assert.ok(child.pid());
      assert.deepEqual(said, []);
    } finally {
      await child.stop();
    }
  });

  it('ends with the last lines of its log when it cannot start', async () => {
    const { child } = supervise(spec('broken', "console.error('no such setting'); process.exit(3);"));
    await assert.rejects(child.start(), /broken ended while starting \(exit code 3\)[\s\S]*\[broken\] no such setting/);
    assert.equal(child.pid(), null);
  });

  it('leaves nothing when it does not become ready in time', async () => {
    const pidFile = join(folder, 'slow.pid');
    const script = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => undefined, 1000);`;
    const { child } = supervise(spec('slow', script, { readyTimeoutMs: 1000 }));
    await assert.rejects(child.start(), /Timed out waiting for slow to become ready/);
    assert.ok(await isGone(Number(await readFile(pidFile, 'utf8'))));
  });

  it('is killed when it does not heed SIGTERM', async () => {
    const { child } = supervise(
      spec('stubborn', `process.on('SIGTERM', () => undefined); ${READY}`, { stopTimeoutMs: 300 }),
    );
    await child.start();
    const pid = child.pid() ?? 0;
    await child.stop();
    assert.ok(await isGone(pid));
  });

  it('takes what it started with it', async () => {
    const helper = join(folder, 'helper.js');
    const pidFile = join(folder, 'helper.pid');
    await writeFile(
      helper,
      `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => undefined, 1000);`,
    );
    const parent = `require('child_process').spawn(process.execPath, [${JSON.stringify(helper)}]); ${READY}`;
    const isReady = async () => (await readFile(pidFile, 'utf8')) !== '';
    const { child } = supervise(spec('parent', parent, { isReady }));
    await child.start();
    const helperPid = Number(await readFile(pidFile, 'utf8'));
    await child.stop();
    await waitUntil(() => isGone(helperPid), { what: 'the helper to end', timeoutMs: 5000 });
  });
});
