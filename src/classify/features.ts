import { COMMON_WORDS } from './common-words.ts';
import { cuesOf } from './cues.ts';
import { speechActsOf } from './speech-acts.ts';
import { plainText, tokensOf } from './text-tokens.ts';

/** The kinds of features; each is weighed apart. */
export const BLOCKS = ['words', 'characters', 'phrases', 'opening', 'cues', 'acts'] as const;
export type Block = (typeof BLOCKS)[number];

/** Feature id (a 32-bit hash) to how often it occurs. */
export type FeatureCounts = Record<Block, Map<number, number>>;

/** Which way of reading made the features: a model fits only the one that it was trained with. */
export const READING = 'offline-2';

const SHORTEST = 3;
const LONGEST = 5;
const LONGEST_PHRASE = 4;
const OPENING_TOKENS = 14;
const SPACE = 32;
const SEEDS: Record<Block, number> = {
  words: 0x811c9dc5,
  characters: 0x2f6b1d37,
  phrases: 0x6b43a9b5,
  opening: 0x1f83d9ab,
  cues: 0x5bd1e995,
  acts: 0x3c6ef372,
};

/**
 * The features of a text: words and pairs of neighbours; 3 to 5 characters inside each word (its borders marked by a
 * space); phrases of up to four tokens in which everything but common words is masked; the first tokens once more, as an
 * opening; cues; speech acts.
 */
export function extractFeatures(text: string): FeatureCounts {
  const plain = plainText(text);
  const tokens = tokensOf(plain);
  const characters = new Map<number, number>();
  for (const token of tokens) countCharacters(characters, ` ${token} `);
  return {
    words: phrases('words', tokens, 2),
    characters,
    phrases: phrases('phrases', masked(tokens), LONGEST_PHRASE),
    opening: openingOf(tokens.slice(0, OPENING_TOKENS)),
    cues: counted('cues', cuesOf(plain)),
    acts: counted('acts', speechActsOf(plain)),
  };
}

/** A run of words that are not common is one `_`, whatever it names. */
function masked(tokens: readonly string[]): string[] {
  return tokens
    .map((token) => (COMMON_WORDS.has(token) || token === '?' || token === '!' ? token : /\d/.test(token) ? '#' : '_'))
    .filter((token, index, all) => token !== '_' || all[index - 1] !== '_');
}

/** Phrases of one and two tokens, and what the text starts with, up to three tokens. */
function openingOf(tokens: readonly string[]): Map<number, number> {
  const counts = phrases('opening', tokens, 2);
  for (const length of [1, 2, 3]) {
    if (length <= tokens.length) count(counts, hash(`^ ${tokens.slice(0, length).join(' ')}`, SEEDS.opening));
  }
  return counts;
}

/** Every run of up to `longest` tokens: the hash of each goes on from that of the run one token shorter. */
function phrases(block: Block, tokens: readonly string[], longest: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let start = 0; start < tokens.length; start += 1) {
    let value = SEEDS[block];
    for (let next = start; next < Math.min(tokens.length, start + longest); next += 1) {
      if (next > start) value = step(value, SPACE);
      value = stepThrough(value, tokens[next] ?? '');
      count(counts, mixed(value));
    }
  }
  return counts;
}

function counted(block: Block, names: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const name of names) count(counts, hash(name, SEEDS[block]));
  return counts;
}

function countCharacters(counts: Map<number, number>, word: string): void {
  for (let start = 0; start + SHORTEST <= word.length; start += 1) {
    let value = SEEDS.characters;
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
  return mixed(stepThrough(seed, text));
}

function stepThrough(value: number, text: string): number {
  let now = value;
  for (let index = 0; index < text.length; index += 1) now = step(now, text.charCodeAt(index));
  return now;
}

function step(value: number, code: number): number {
  return Math.imul(value ^ code, 0x01000193);
}

function mixed(value: number): number {
  const spread = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (spread ^ (spread >>> 13)) >>> 0;
}
