import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isValidation, readRows } from './dataset.ts';
import { FEATURE_COUNT } from './fit-model.ts';
import { fitWeights } from './fit-weights.ts';
import { SHIPPED_SOURCES, seedRows } from './shipped-sources.ts';

const USAGE = 'npm run classifier:train -- --data FILE [--sources a,b,c] [--out FILE] [--features N] [--no-seed]';

/** Fits the offline model to the training split of the named sources and to our own sentences; writes the weights. */
function main(): void {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      sources: { type: 'string', default: SHIPPED_SOURCES.join(',') },
      out: { type: 'string', default: fileURLToPath(new URL('../weights.json', import.meta.url)) },
      features: { type: 'string', default: String(FEATURE_COUNT) },
      'no-seed': { type: 'boolean', default: false },
    },
  });
  if (values.data === undefined) throw new Error(`Usage: ${USAGE}`);
  const sources = values.sources.split(',');
  const data = readRows(values.data).filter((row) => sources.includes(row.source) && !isValidation(row));
  const weights = fitWeights([...data, ...(values['no-seed'] ? [] : seedRows())], Number(values.features));
  console.table(weights.trainedOn);
  const json = `${JSON.stringify(weights, null, 2)}\n`;
  writeFileSync(values.out, json);
  console.log(`${weights.model}, temperature ${weights.temperature}, ${json.length} bytes: ${values.out}`);
}

main();
