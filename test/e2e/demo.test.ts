import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CATEGORIES, categorySchema } from '../../src/domain/category.ts';

const run = promisify(execFile);
const counts = z.record(z.string(), z.number().int());
const outSchema = z.object({
  conversations: z.array(
    z.object({
      id: z.string(),
      category: categorySchema.nullable(),
      confidence: z.number(),
      pattern: z.string().nullable(),
      evidence: z.array(z.object({ threadId: z.number(), start: z.number(), end: z.number(), quote: z.string() })),
    }),
  ),
  patterns: z.array(z.object({ id: z.string(), conversations: z.number() })),
  totals: z.object({
    conversations: z.number(),
    classified: z.number(),
    byCategory: z.record(z.enum(CATEGORIES), z.number()),
    helpScoutCalls: z.number(),
    logRows: z.number(),
    failed: z.number(),
  }),
  helpScoutCalls: counts,
  sandboxCalls: counts,
  temporalEvents: z.number().int().positive(),
});

describe('the demo', function () {
  this.timeout(180_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'insights-demo-test-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('reports, of a corpus file, numbers that agree with each other and with the sandbox’s own count', async () => {
    const corpus = Array.from({ length: 55 }, (_, index) => ({
      id: `line-${index}`,
      text:
        index % 2 ? `Sync <fails> & stops\n  with  error ${index}!` : `Please add a calendar view, request ${index}.`,
      ...(index % 5 === 0 && {
        subject: 'Guide for imports',
        threads: [
          { type: 'customer', text: `Where is the guide for imports? Number ${index}.` },
          { type: 'message', text: 'An agent asks for the file.' },
          { type: 'note', text: 'A private note.' },
        ],
      }),
    }));
    const file = join(folder, 'corpus.jsonl');
    const output = join(folder, 'out.json');
    await writeFile(file, corpus.map((line) => JSON.stringify(line)).join('\n'));
    await run(process.execPath, ['scripts/demo.mjs', '--corpus', file, '--json', output], { timeout: 170_000 });
    const out = outSchema.parse(JSON.parse(await readFile(output, 'utf8')));

    assert.deepEqual(out.conversations.map(({ id }) => id).sort(), corpus.map(({ id }) => id).sort());
    assert.equal(out.totals.classified, corpus.length);
    assert.equal(out.totals.failed, 0);
    const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
    assert.equal(sum(Object.values(out.totals.byCategory)), corpus.length);
    assert.equal(sum(out.patterns.map(({ conversations }) => conversations)), corpus.length);
    assert.deepEqual(out.helpScoutCalls, out.sandboxCalls);
    assert.equal(out.totals.helpScoutCalls, sum(Object.values(out.sandboxCalls)));
    assert.equal(out.helpScoutCalls['GET /v2/conversations'], 3);

    for (const { id, evidence } of out.conversations) {
      const line = corpus.find((candidate) => candidate.id === id);
      const said = line?.threads?.[0]?.text ?? line?.text ?? '';
      for (const { start, end, quote } of evidence) assert.equal(said.slice(start, end), quote);
    }
    assert(out.conversations.some(({ evidence }) => evidence.length > 0));
  });
});
