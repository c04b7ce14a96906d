import type { Storage } from '../../../src/storage/storage.ts';

/** The process ended between two writes. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** The same storage in a process that is killed after so many writes of a decision; null: never. */
export function breakingStorage(storage: Storage, killedAfter: number | null): Storage {
  if (killedAfter === null) return storage;
  let left = killedAfter;
  const counted =
    <A extends unknown[], R>(write: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (left-- <= 0) throw new Killed('before a write');
      return write(...args);
    };
  const { patternDecisions, patternMembers, patternLinks, patterns } = storage;
  return {
    ...storage,
    patternDecisions: {
      ...patternDecisions,
      settled: counted(patternDecisions.settled),
    },
    patternMembers: { ...patternMembers, move: counted(patternMembers.move) },
    patternLinks: {
      ...patternLinks,
      keep: counted(patternLinks.keep),
      placements: { ...patternLinks.placements, save: counted(patternLinks.placements.save) },
    },
    patterns: {
      ...patterns,
      start: counted(patterns.start),
      saveDecided: counted(patterns.saveDecided),
      saveCounts: counted(patterns.saveCounts),
      saveEmpty: counted(patterns.saveEmpty),
    },
  };
}
