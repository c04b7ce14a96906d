import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { termsOf } from '../terms.ts';

/**
 * Makes `background.json`: in how many texts of a corpus each common stem occurs. The corpus has one JSON object per
 * line; only rows of the named sources are read, so that the table carries no other licence than theirs.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    sources: { type: 'string', default: 'nlbse24,minibar,docsissues' },
    out: { type: 'string', default: 'src/patterns/background.json' },
  },
});
if (!values.data) throw new Error('Name the corpus: --data FILE.jsonl');

const SEEN_AT_LEAST = 8;
const rowSchema = z.object({ text: z.string(), source: z.string() });
const sources = values.sources.split(',');

const rows = readFileSync(values.data, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => rowSchema.parse(JSON.parse(line)))
  .filter((row) => sources.includes(row.source));

const counts = new Map<string, number>();
for (const { text } of rows) for (const term of new Set(termsOf(text))) counts.set(term, (counts.get(term) ?? 0) + 1);

const common = [...counts].filter(([, count]) => count >= SEEN_AT_LEAST).sort(([a], [b]) => (a < b ? -1 : 1));
const table = { sources: values.sources, documents: rows.length, counts: Object.fromEntries(common) };
writeFileSync(values.out, `${JSON.stringify(table, null, 2)}\n`);
console.log(`${common.length} terms from ${rows.length} texts of ${sources.join(', ')}`);
