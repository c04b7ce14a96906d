import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createMemoryInbox } from './evaluation/memory-inbox.ts';
import { shuffled } from './evaluation/shuffle.ts';
import { type Score, scoreGrouping } from './scores.ts';

/**
 * Measures the grouping on labelled rows (`{"id": "source:key", "text", "group"}` per line). Each source is an inbox of
 * its own, all with the same settings, fed row by row and repaired now and then, as the product does. `--orders N` repeats it
 * in N shuffled orders of arrival; `--confirm` answers about unsure pairs by the labels, in place of a model that is asked.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    orders: { type: 'string', default: '0' },
    confirm: { type: 'boolean', default: false },
  },
});
/** Rows between two repairs. */
const REPAIR_EVERY = 250;
/** Of `--confirm`, at most. */
const CALLS_PER_CONVERSATION = 0.3;

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

async function measure(rows: readonly Row[]) {
  const inbox = createMemoryInbox();
  const startedMs = performance.now();
  const first: string[] = [];
  let examined = 0;
  let asked = 0;
  const trueGroupOf = new Map<string, string>();
  const confirm = async (a: string, b: string) => trueGroupOf.get(a) === trueGroupOf.get(b);
  for (const [at, row] of rows.entries()) {
    const assigned = await inbox.assign(row.text);
    first.push(assigned.patternId);
    examined += assigned.examined;
    // Who is asked sees the message that started each pattern.
    if (!trueGroupOf.has(assigned.patternId)) trueGroupOf.set(assigned.patternId, row.group);
    if ((at + 1) % REPAIR_EVERY !== 0 && at + 1 < rows.length) continue;
    const left = Math.floor(CALLS_PER_CONVERSATION * (at + 1)) - asked;
    asked += await inbox.repair(values.confirm ? { confirm, mostAsked: left } : {});
  }
  const msPerRow = (performance.now() - startedMs) / rows.length;
  const groups = first.map((patternId) => inbox.rootOf(patternId));
  const trueGroups = rows.map((row) => row.group);
  return {
    ...scoreGrouping(groups, trueGroups),
    groups: new Set(groups).size,
    trueGroups: new Set(trueGroups).size,
    threshold: inbox.threshold(),
    examined: examined / rows.length,
    asked: asked / rows.length,
    msPerRow,
  };
}

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const figures = ({ precision, recall, f1 }: Score) =>
  [precision, recall, f1].map((figure) => figure.toFixed(3).padStart(6)).join(' ');

console.log(
  'source       rows | B-cubed  P      R     F1 | pairwise P      R     F1 | groups  true | threshold read calls/row ms/row',
);
const meansPerOrder: number[] = [];
for (let seed = 0; seed <= Number(values.orders); seed++) {
  const results = [];
  for (const [source, rows] of bySource) results.push({ source, rows, ...(await measure(shuffled(rows, seed))) });
  for (const result of seed === 0 ? results : []) {
    const counts = `${String(result.groups).padStart(6)} ${String(result.trueGroups).padStart(5)}`;
    const work = `${result.threshold.toFixed(3).padStart(9)} ${result.examined.toFixed(0).padStart(4)} ${result.asked.toFixed(3).padStart(9)} ${result.msPerRow.toFixed(2).padStart(6)}`;
    console.log(
      `${result.source.padEnd(12)} ${String(result.rows.length).padStart(4)} | ${figures(result.bCubed).padStart(22)} | ${figures(result.pairwise).padStart(22)} | ${counts} | ${work}`,
    );
  }
  const bCubed = mean(results.map((result) => result.bCubed.f1));
  const pairwise = mean(results.map((result) => result.pairwise.f1));
  const order = seed === 0 ? 'as given' : `shuffle ${seed}`;
  console.log(`mean, ${order}: B-cubed F1 ${bCubed.toFixed(3)}, pairwise F1 ${pairwise.toFixed(3)}`);
  meansPerOrder.push(bCubed);
}
if (meansPerOrder.length > 1) {
  const spread = Math.max(...meansPerOrder) - Math.min(...meansPerOrder);
  console.log(
    `mean B-cubed F1 over all orders ${mean(meansPerOrder).toFixed(3)}, largest less smallest ${spread.toFixed(3)}`,
  );
}
