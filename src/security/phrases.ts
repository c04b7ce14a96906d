import { createHash } from 'node:crypto';

/** Enough that two people hardly write them in the same order by chance. */
const RUN_OF_WORDS = 5;
const FEWEST_WORDS = 2;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const hash = (words: readonly string[]) =>
  createHash('sha256').update(words.join(' ')).digest().subarray(0, 9).toString('base64url');

/** Runs of words of a text as hashes; of a short text, itself. The text cannot be read from them. */
export function phrasesOf(text: string): string[] {
  const words = wordsOf(text);
  if (words.length < FEWEST_WORDS) return [];
  if (words.length <= RUN_OF_WORDS) return [hash(words)];
  return words.slice(0, words.length - RUN_OF_WORDS + 1).map((_, at) => hash(words.slice(at, at + RUN_OF_WORDS)));
}

/** Whether a text shares a run of words, or all of its words, with those that the hashes were made of. */
export function sharesPhrase(text: string, phrases: ReadonlySet<string>): boolean {
  return phrasesOf(text).some((phrase) => phrases.has(phrase));
}
