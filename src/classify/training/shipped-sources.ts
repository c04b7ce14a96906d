import { fileURLToPath } from 'node:url';
import { type Row, readRows } from './dataset.ts';

/** Under the MIT License: the only texts of others that the shipped weights may come from. */
export const SHIPPED_SOURCES: readonly string[] = ['nlbse24', 'minibar', 'docsissues'];

/** Our own sentences: in the voice of support mail, and in those of app reviews and of issue trackers. */
export function seedRows(): Row[] {
  return ['seed', 'voices'].flatMap((name) => readRows(fileURLToPath(new URL(`./${name}.jsonl`, import.meta.url))));
}
