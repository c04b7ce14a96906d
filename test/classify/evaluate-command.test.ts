import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bucketOf, isValidation } from '../../src/classify/training/dataset.ts';
import { rateLimited, startMessagesApiServer } from '../support/messages-api-server.ts';

const run = promisify(execFile);
const COMMAND = fileURLToPath(new URL('../../src/classify/training/evaluate.ts', import.meta.url));

const held = Array.from({ length: 60 }, (_, n) => `The export of list ${n} crashes with an error.`)
  .filter((text) => isValidation({ bucket: bucketOf(` ${text}`) }))
  .slice(0, 6);

describe('the command that evaluates a classifier', () => {
  let folder: string;
  let data: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
    data = join(folder, 'rows.jsonl');
    const rows = held.map((text, n) => JSON.stringify({ text, label: n === 0 ? 'question' : 'bug', source: 'lists' }));
    writeFileSync(data, rows.join('\n'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const evaluate = async (args: string[], env: Record<string, string> = {}) =>
    (
      await run(process.execPath, ['--import', 'tsx', COMMAND, '--data', data, ...args], {
        env: { PATH: process.env.PATH, ...env },
      })
    ).stdout;

  it('prints the figures of the offline classifier', async () => {
    const printed = await evaluate([]);
    for (const line of [/pooled macro-F1 +0\.\d{4}/, /expected calibration error 0\.\d{4}/, /answerable at 90 %/])
      assert.match(printed, line);
    assert.match(printed, /reliability/);
    assert.match(printed, /'lists' +│ 6 /);
  });

  it('asks Claude with the key of the environment, waits when told to, and prints the same figures', async () => {
    const value = {
      category: 'bug',
      confidence: 0.9,
      summary: 'The export crashes.',
      productArea: null,
      severity: null,
      evidence: [],
    };
    const server = await startMessagesApiServer({ apiKey: 'key-1', rule: () => ({ kind: 'answer', value }) });
    try {
      server.script(rateLimited({ 'retry-after': '0' }));
      const env = { ANTHROPIC_API_KEY: 'key-1', ANTHROPIC_BASE_URL: server.baseURL, ANTHROPIC_MODEL: 'claude-test-1' };
      const printed = await evaluate(['--classifier', 'claude', '--limit', '4'], env);
      assert.match(printed, /^claude-test-1, 4 validation rows/);
      assert.match(printed, /accuracy +0\.7500/);
      assert.equal(server.billed.length, 4);
    } finally {
      await server.close();
    }
  });

  it('says what is missing when Claude is asked for without a key', async () => {
    await assert.rejects(evaluate(['--classifier', 'claude']), /ANTHROPIC_API_KEY/);
  });
});
