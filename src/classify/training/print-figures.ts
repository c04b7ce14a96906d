import type { LeftOut } from './leave-one-out.ts';
import { answerable, expectedCalibrationError, type Judged, metricsOf, reliability } from './metrics.ts';

/** The accuracy at which answers may be given without a person. */
const ACCURACY = 0.9;

export function printFigures(judged: readonly Judged[]): void {
  const { macroF1, accuracy, perCategory } = metricsOf(judged);
  console.table(perCategory.map(({ category, ...figures }) => ({ category, ...rounded(figures) })));
  const perSource = [...new Set(judged.map(({ source }) => source))].map((source) => {
    const of = judged.filter((row) => row.source === source);
    const figures = metricsOf(of);
    return { source, ...rounded({ rows: of.length, macroF1: figures.macroF1, accuracy: figures.accuracy }) };
  });
  console.table(perSource);
  console.log('reliability: rows by confidence');
  console.table(reliability(judged).map(rounded));
  const { share, confidence } = answerable(judged, ACCURACY);
  console.log(`rows                       ${judged.length}`);
  console.log(`without a category         ${judged.filter(({ predicted }) => predicted === null).length}`);
  console.log(`pooled macro-F1            ${macroF1.toFixed(4)}`);
  console.log(`accuracy                   ${accuracy.toFixed(4)}`);
  console.log(`expected calibration error ${expectedCalibrationError(judged).toFixed(4)}`);
  console.log(
    `answerable at ${ACCURACY * 100} %         ${(share * 100).toFixed(1)} % (confidence ${confidence.toFixed(2)})`,
  );
}

export async function printLeftOut(left: AsyncIterable<LeftOut>): Promise<void> {
  const table: Record<string, number | string>[] = [];
  for await (const { source, all, validation } of left) {
    const figures = { rows: all.rows, macroF1: all.macroF1, accuracy: all.accuracy, validation: validation.macroF1 };
    table.push({ source, ...rounded(figures) });
    console.log(`without ${source}: macro-F1 ${all.macroF1.toFixed(4)} on all of its rows`);
    console.table(all.perCategory.map(({ category, ...each }) => ({ category, ...rounded(each) })));
  }
  console.table(table);
  const mean = (of: string) => table.reduce((sum, row) => sum + Number(row[of]), 0) / table.length;
  console.log(`mean macro-F1, all rows of the source left out ${mean('macroF1').toFixed(4)}`);
  console.log(`mean macro-F1, its validation rows alone       ${mean('validation').toFixed(4)}`);
}

function rounded<T extends Record<string, number>>(figures: T): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(3))]));
}
