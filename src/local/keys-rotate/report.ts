import type { KeyUse } from './keys-in-histories.ts';
import type { Rotation } from './rotate.ts';

/** What became of a rotation, key by key, and when an old key may go. */
export function rotationReport(
  keyIds: readonly string[],
  { rotated, current, secretsByKey }: Rotation,
  histories: Readonly<Record<string, KeyUse>>,
): string[] {
  const [first = '', ...older] = keyIds;
  const unknown = Object.keys({ ...secretsByKey, ...histories }).filter((id) => !keyIds.includes(id));
  return [
    `${rotated} secrets encrypted again with key ${first}; ${current} had it already.`,
    ...[first, ...older, ...unknown].map((id) => {
      const { open, closed } = histories[id] ?? { open: 0, closed: 0 };
      const use = `${secretsByKey[id] ?? 0} secrets, histories of ${open} open and ${closed} closed workflow runs`;
      if (id === first) return `Key ${id} (first): ${use}.`;
      if (!older.includes(id)) return `Key ${id} is missing from ENCRYPTION_KEYS: ${use} cannot be read.`;
      const free = (secretsByKey[id] ?? 0) + open + closed === 0;
      return `Key ${id}: ${use}. ${
        free
          ? 'It may go. Searching Temporal by CustomerEmailHash then finds no workflows that it had hashed.'
          : 'Keep it: what it holds could not be read without it.'
      }`;
    }),
  ];
}
