import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createMemoryInbox } from './evaluation/memory-inbox.ts';
import { shuffled } from './evaluation/shuffle.ts';
import { type Score, scoreGrouping } from './scores.ts';

/**
 * Measures the grouping on labelled rows (`{"id": "source:key", "text", "group"}` per line). Each source is an inbox of
 * its own, all with the same settings, fed row by row. `--orders N` repeats it in N shuffled orders of arrival.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, orders: { type: 'string', default: '0' } } });
if (!values.data) throw new Error('Name the labelled rows: --data FILE.jsonl');

const rowSchema = z.object({ id: z.string(), text: z.string(), group: z.string() });
type Row = z.infer<typeof rowSchema>;

const bySource = new Map<string, Row[]>();
for (const line of readFileSync(values.data, 'utf8').split('\n')) {
  if (line.trim() === '') continue;
  const row = rowSchema.parse(JSON.parse(line));
  const source = row.id.split(':', 1)[0] ?? '';
  bySource.set(source, [...(bySource.get(source) ?? []), row]);
}

function measure(rows: readonly Row[]) {
  const inbox = createMemoryInbox();
  const startedMs = performance.now();
  const groups = rows.map((row) => inbox.assign(row.text));
  const msPerRow = (performance.now() - startedMs) / rows.length;
  const trueGroups = rows.map((row) => row.group);
  return {
    ...scoreGrouping(groups, trueGroups),
    groups: new Set(groups).size,
    trueGroups: new Set(trueGroups).size,
    msPerRow,
  };
}

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const figures = ({ precision, recall, f1 }: Score) =>
  [precision, recall, f1].map((figure) => figure.toFixed(3).padStart(6)).join(' ');

console.log('source       rows | B-cubed  P      R     F1 | pairwise P      R     F1 | groups  true | ms/row');
const meansPerOrder = Array.from({ length: Number(values.orders) + 1 }, (_, seed) => {
  const results = [...bySource].map(([source, rows]) => ({ source, rows, ...measure(shuffled(rows, seed)) }));
  if (seed === 0) {
    for (const { source, rows, bCubed, pairwise, groups, trueGroups, msPerRow } of results) {
      const counts = `${String(groups).padStart(6)} ${String(trueGroups).padStart(5)}`;
      console.log(
        `${source.padEnd(12)} ${String(rows.length).padStart(4)} | ${figures(bCubed).padStart(22)} | ${figures(pairwise).padStart(22)} | ${counts} | ${msPerRow.toFixed(2)}`,
      );
    }
  }
  const bCubed = mean(results.map((result) => result.bCubed.f1));
  const pairwise = mean(results.map((result) => result.pairwise.f1));
  const order = seed === 0 ? 'as given' : `shuffle ${seed}`;
  console.log(`mean, ${order}: B-cubed F1 ${bCubed.toFixed(3)}, pairwise F1 ${pairwise.toFixed(3)}`);
  return bCubed;
});
if (meansPerOrder.length > 1) {
  const spread = Math.max(...meansPerOrder) - Math.min(...meansPerOrder);
  console.log(
    `mean B-cubed F1 over all orders ${mean(meansPerOrder).toFixed(3)}, largest less smallest ${spread.toFixed(3)}`,
  );
}
