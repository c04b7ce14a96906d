import { createRandom, type Random } from '../../corpus/prng.ts';

const KINDS = { person: 1, outline: 2, words: 3 };

/** The source of chance for one aspect of one generated thing: always the same, and unlike its neighbours'. */
export function randomOf(seed: number, index: number, kind: keyof typeof KINDS): Random {
  let mixed = Math.imul(seed ^ (KINDS[kind] << 28), 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return createRandom(mixed ^ (mixed >>> 13));
}
