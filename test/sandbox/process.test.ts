import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { APP, inboxClient, until } from './support.ts';

const MAIN = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url));
const ENVIRONMENT = {
  PATH: process.env.PATH,
  SANDBOX_APP_ID: APP.appId,
  SANDBOX_APP_SECRET: APP.appSecret,
  SANDBOX_REDIRECT_URL: APP.redirectUrl,
  SANDBOX_DOCS_API_KEY: APP.docsApiKey,
};

describe('sandbox: process', function () {
  // Each start compiles the sandbox's sources, which takes seconds on a busy machine.
  this.timeout(60_000);
  let folder: string;
  const running = new Set<ChildProcess>();
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });
  afterEach(async () => {
    for (const child of running) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(folder, { recursive: true });
  });

  function run(more: Record<string, string>) {
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN], { env: { ...ENVIRONMENT, ...more } });
    running.add(child);
    const output = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      output.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.err += chunk;
    });
    const ended = once(child, 'close').then(([code]) => {
      running.delete(child);
      return code;
    });
    return { child, output, ended };
  }

  async function urlOf(process: ReturnType<typeof run>): Promise<string> {
    const ready = /listening on (http:\S+) \(\d+ conversations\)\n/;
    const failed = process.ended.then((code) => assert.fail(`ended with ${code}: ${process.output.err}`));
    await Promise.race([failed, until(() => ready.test(process.output.out), 'the sandbox listens', 50_000)]);
    return ready.exec(process.output.out)?.[1] ?? '';
  }

  function corpusFile(...lines: string[]): string {
    const path = join(folder, 'corpus.jsonl');
    writeFileSync(path, lines.join('\n'));
    return path;
  }

  it('plays a corpus file, ends on SIGTERM, and finds its conversations unmoved when started again', async () => {
    const SANDBOX_CORPUS = corpusFile('{"id": 1, "text": "one"}', '', '{"id": "b", "text": "two", "group": "g"}');
    const environment = { SANDBOX_CORPUS, SANDBOX_DATA_DIR: join(folder, 'data') };
    const pages: string[] = [];
    for (let start = 1; start <= 2; start += 1) {
      const sandbox = run(environment);
      pages.push(await (await fetch(await urlOf(sandbox))).text());
      sandbox.child.kill('SIGTERM');
      assert.equal(await sandbox.ended, 0);
      assert.equal(sandbox.output.out.split('\n').length, 2, 'one line');
      assert.equal(sandbox.output.err, '');
    }
    assert.match(pages[0] ?? '', /2 conversations/);
    assert.equal(pages[0], pages[1]);
  });

  it('plays its own corpus when no file is given', async () => {
    const sandbox = run({});
    const answer = await fetch(`${await urlOf(sandbox)}/_control/conversations`);
    assert.ok((await answer.json()).length >= 400);
    sandbox.child.kill('SIGINT');
    assert.equal(await sandbox.ended, 0);
  });

  it('stands in for an account of 100,000 conversations in little memory', async function () {
    const sandbox = run({ SANDBOX_GENERATED: '100000', SANDBOX_RATE_LIMIT: '100000' });
    const url = await urlOf(sandbox);
    assert.match(sandbox.output.out, /\(100000 conversations\)/);
    const client = await inboxClient({ url, conversations: 100_000, close: async () => undefined });
    const ids = new Set<number>();
    for (let page = 1; page <= 4000; page += 100) {
      const path = `/v2/conversations?status=all&embed=threads&sortField=modifiedAt&sortOrder=asc&page=${page}`;
      const list = await client.get(path);
      assert.equal(list.page.totalElements, 100_000);
      for (const { id } of list._embedded.conversations) ids.add(id);
    }
    assert.equal(ids.size, 40 * 25);
    // Only Linux tells another process's memory in this way.
    if (process.platform !== 'linux') this.skip();
    const status = readFileSync(`/proc/${sandbox.child.pid}/status`, 'utf8');
    const peakMb = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    assert.ok(peakMb < 300, `${peakMb} MB`);
  });

  it('ends with 2 and says why when the corpus file is bad', async () => {
    const sandbox = run({ SANDBOX_CORPUS: corpusFile('{"id": 1, "text": "a"}', '{"id": 2}') });
    assert.equal(await sandbox.ended, 2);
    assert.match(sandbox.output.err, /corpus\.jsonl:2: text: /);
  });

  it('names the setting that is not valid', async () => {
    const sandbox = run({ SANDBOX_APP_ID: '', SANDBOX_PORT: 'x' });
    assert.equal(await sandbox.ended, 2);
    assert.match(sandbox.output.err, /SANDBOX_PORT: .*SANDBOX_APP_ID: /);
  });
});
