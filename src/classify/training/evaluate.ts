import { parseArgs } from 'node:util';
import { z } from 'zod';
import { chooseClassifier } from '../choose-classifier.ts';
import type { Classifier } from '../classifier.ts';
import { createOfflineClassifier } from '../offline-classifier.ts';
import { loadWeights } from '../weights.ts';
import { isValidation, type Row, readRows } from './dataset.ts';
import { judge } from './judge.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { printFigures, printLeftOut } from './print-figures.ts';

const USAGE =
  'npm run classifier:evaluate -- --data FILE [--classifier offline|claude] [--weights FILE] [--limit N] [--leave-one-out [--sources a,b,c]]';
/** Sources with enough rows for a figure. */
const LEFT_OUT = 'nlbse24,tickettagger,minibar';
/** Requests to Claude under way at a time. */
const CLAUDE_AT_ONCE = 4;

const claudeEnvironmentSchema = z.object({
  ANTHROPIC_API_KEY: z.string({ error: 'Claude is asked with the key in ANTHROPIC_API_KEY' }).min(1),
  ANTHROPIC_BASE_URL: z.string().optional(),
  ANTHROPIC_MODEL: z.string().default('claude-sonnet-4-6'),
});

/** Classifies the validation split, each text as a conversation of one customer thread, and prints how well that went. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      classifier: { type: 'string', default: 'offline' },
      weights: { type: 'string' },
      limit: { type: 'string' },
      'leave-one-out': { type: 'boolean', default: false },
      sources: { type: 'string', default: LEFT_OUT },
    },
  });
  if (values.data === undefined) throw new Error(`Usage: ${USAGE}`);
  const rows = readRows(values.data);
  if (values['leave-one-out']) return printLeftOut(leaveOneOut(rows, values.sources.split(',')));
  const classifier = classifierNamed(values.classifier, values.weights);
  const held = evenly(rows.filter(isValidation), values.limit === undefined ? undefined : Number(values.limit));
  const startedAt = performance.now();
  const judged = await judge(classifier, held, classifier.identity.kind === 'claude' ? CLAUDE_AT_ONCE : 1);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${classifier.identity.model}, ${held.length} validation rows in ${seconds.toFixed(2)} s\n`);
  printFigures(judged);
}

function classifierNamed(name: string, weights: string | undefined): Classifier {
  if (name === 'offline') return createOfflineClassifier(loadWeights(weights));
  if (name !== 'claude') throw new Error(`No classifier is called ${name}. Usage: ${USAGE}`);
  const claude = claudeEnvironmentSchema.parse(process.env);
  return chooseClassifier({
    apiKey: claude.ANTHROPIC_API_KEY,
    baseUrl: claude.ANTHROPIC_BASE_URL ?? null,
    model: claude.ANTHROPIC_MODEL,
  });
}

/** `limit` of the rows, taken at even distances, so that every source has its share. */
function evenly(rows: readonly Row[], limit: number = rows.length): Row[] {
  if (!(limit >= 1)) throw new Error(`--limit is a number of rows. Usage: ${USAGE}`);
  const distance = Math.max(1, rows.length / limit);
  return rows.filter((_, index) => Math.floor(index / distance) !== Math.floor((index - 1) / distance));
}

await main();
