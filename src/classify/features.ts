import { cuesOf } from './cues.ts';

/** Feature id (a 32-bit hash) to how often it occurs, in three blocks that are weighed apart. */
export type FeatureCounts = { words: Map<number, number>; characters: Map<number, number>; cues: Map<number, number> };

const TOKEN = /[\p{L}\p{N}_]+(?:['’][\p{L}]+)*|[?!]/gu;
const URL_LIKE = /https?:\/\/\S+/g;
const SHORTEST = 3;
const LONGEST = 5;
const WORD_SEED = 0x811c9dc5;
const CHARACTER_SEED = 0x2f6b1d37;
const CUE_SEED = 0x5bd1e995;

/**
 * The features of a text: words and pairs of neighbours, 3 to 5 characters inside each word (its borders marked by a
 * space), and cues. Case, digits, addresses of pages and the kind of apostrophe make no difference.
 */
export function extractFeatures(text: string): FeatureCounts {
  const plain = text.toLowerCase().replaceAll('’', "'").replace(URL_LIKE, ' weblink ');
  const words = new Map<number, number>();
  const characters = new Map<number, number>();
  const cues = new Map<number, number>();
  let previous: string | null = null;
  for (const [raw] of plain.matchAll(TOKEN)) {
    const token = raw.replace(/\d+/g, '0');
    count(words, hash(token, WORD_SEED));
    if (previous !== null) count(words, hash(`${previous} ${token}`, WORD_SEED));
    countCharacters(characters, ` ${token} `);
    previous = token;
  }
  for (const cue of cuesOf(plain)) count(cues, hash(cue, CUE_SEED));
  return { words, characters, cues };
}

function countCharacters(counts: Map<number, number>, word: string): void {
  for (let start = 0; start + SHORTEST <= word.length; start += 1) {
    let value = CHARACTER_SEED;
    const longest = Math.min(LONGEST, word.length - start);
    for (let length = 1; length <= longest; length += 1) {
      value = step(value, word.charCodeAt(start + length - 1));
      if (length >= SHORTEST) count(counts, mixed(value));
    }
  }
}

function count(counts: Map<number, number>, id: number): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}

/** FNV-1a over code units, with a last mixing step (its low bits alone are not spread well). */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index += 1) value = step(value, text.charCodeAt(index));
  return mixed(value);
}

function step(value: number, code: number): number {
  return Math.imul(value ^ code, 0x01000193);
}

function mixed(value: number): number {
  const spread = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (spread ^ (spread >>> 13)) >>> 0;
}
