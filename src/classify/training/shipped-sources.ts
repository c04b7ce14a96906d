import { fileURLToPath } from 'node:url';
import { type Row, readRows } from './dataset.ts';

/** Under the MIT License: the only texts of others that the shipped weights may come from. */
export const SHIPPED_SOURCES: readonly string[] = ['nlbse24', 'minibar', 'docsissues'];

/** Our own texts by the voice that they are written in: each is a file in `texts`. */
export const OWN_SOURCES: readonly string[] = [
  'seed',
  'voices',
  'borders',
  'datasets',
  'documentation',
  'forums',
  'mails',
  'reviews',
  'terse',
  'trackers',
];

/** All texts of our own, in the order of the sources. */
export function seedRows(): Row[] {
  return OWN_SOURCES.flatMap((name) => readRows(fileURLToPath(new URL(`./texts/${name}.jsonl`, import.meta.url))));
}
