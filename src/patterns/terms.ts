import { stemmer } from 'stemmer';
import { canonicalStems } from './synonyms.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const LONG_NUMBER = /^\d{5,}$/;
const LONGEST_WORD = 30;

/**
 * The words of a text in order, lower-cased, stemmed, and with words that support mail uses interchangeably mapped to one.
 * Single characters, long numbers (order numbers, build ids) and unbroken strings beyond 30 characters carry no topic and are left out.
 */
export function termsOf(text: string): string[] {
  const words = text.normalize('NFKC').toLowerCase().replace(/['’]/g, '').match(WORD) ?? [];
  return words.filter(isTopical).map(canonical);
}

function isTopical(word: string): boolean {
  return word.length > 1 && word.length < LONGEST_WORD && !LONG_NUMBER.test(word);
}

function canonical(word: string): string {
  const stem = stemmer(word);
  return canonicalStems.get(stem) ?? stem;
}
