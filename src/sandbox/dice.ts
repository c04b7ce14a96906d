import { createRandom } from './corpus/prng.ts';
import type { Chance } from './switches-schema.ts';

/** Asks a chance again and again: its sequence starts anew whenever the switch is set. */
export function createDice<T extends Chance>(read: () => T | null): () => T | null {
  let current: T | null = null;
  let random = createRandom(0);
  return () => {
    const chance = read();
    if (chance !== current) {
      current = chance;
      random = createRandom(chance?.seed ?? 0);
    }
    return chance !== null && random.chance(chance.probability) ? chance : null;
  };
}
