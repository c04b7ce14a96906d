import { type Expression, QueryError } from './query-expression.ts';

type Leaf = Extract<Expression, { kind: 'term' | 'range' }>;

/** Both ends included. */
export interface NumberRange {
  min: number;
  max: number;
}

/** Ids and other whole numbers: one, or a range. Throws `QueryError`. */
export function numberRangeOf(leaf: Leaf): NumberRange {
  if (leaf.kind === 'term') {
    const value = wholeNumber(leaf.value);
    return { min: value, max: value };
  }
  const { min, max } = leaf;
  return {
    min: min.value === '*' ? -Infinity : wholeNumber(min.value) + (min.isIncluded ? 0 : 1),
    max: max.value === '*' ? Infinity : wholeNumber(max.value) - (max.isIncluded ? 0 : 1),
  };
}

/**
 * Times as epoch milliseconds: a date, month or year stands for all of it, and `NOW-1HOUR` counts from `nowMs`. Throws
 * `QueryError`.
 */
export function timeRangeOf(leaf: Leaf, nowMs: number): NumberRange {
  if (leaf.kind === 'term') return spanOf(leaf.value, nowMs);
  const { min, max } = leaf;
  const [from, to] = [min, max].map(({ value }) => (value === '*' ? undefined : spanOf(value, nowMs)));
  return {
    min: from === undefined ? -Infinity : min.isIncluded ? from.min : from.max + 1,
    max: to === undefined ? Infinity : max.isIncluded ? to.max : to.min - 1,
  };
}

/** A `*` for more letters, or more than two of them in a word, would let an expression be written that is never done. */
const STAR = '[\\p{L}\\p{N}]{0,40}';
const MOST_STARS = 2;
const LONGEST_TERM = 500;

/**
 * Whether a text has the words of a term: whole words in any case, `*` for up to 40 letters of one; a phrase has them in a
 * row. Throws `QueryError` for a term that is too long or has too many stars.
 */
export function wordMatcher({ value, isPhrase }: { value: string; isPhrase: boolean }): (text: string) => boolean {
  if (value.length > LONGEST_TERM) throw new QueryError(`a term may have at most ${LONGEST_TERM} characters`);
  const words = isPhrase ? value.trim().split(/\s+/) : [value];
  const pattern = words.map((word, index) => `(?=(${wordPattern(word)}(?![\\p{L}\\p{N}])))\\${index + 1}`).join('\\s+');
  const expression = new RegExp(`(?<![\\p{L}\\p{N}])${pattern}`, 'iu');
  return (text) => expression.test(text);
}

/** It is matched in one way only, once found: a phrase that fails at its end must not try all ways of its beginning. */
function wordPattern(word: string): string {
  const parts = word.replace(/\*+/g, '*').split('*');
  if (parts.length > MOST_STARS + 1) throw new QueryError(`a word may have at most ${MOST_STARS} of *`);
  return parts.map(escaped).join(STAR);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, (character) => (character === '-' ? '\\x2d' : `\\${character}`));
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new QueryError(`a number was expected instead of ${text}`);
  return Number(text);
}

const UNITS = {
  SECOND: 'Seconds',
  MINUTE: 'Minutes',
  HOUR: 'Hours',
  DAY: 'Date',
  MONTH: 'Month',
  YEAR: 'FullYear',
} as const;

function spanOf(text: string, nowMs: number): NumberRange {
  if (text.startsWith('NOW')) {
    const ms = relativeTime(text, nowMs);
    return { min: ms, max: ms };
  }
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text) ?? [];
  if (year !== undefined) {
    const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)];
    const end = day !== undefined ? Date.UTC(y, m, d + 1) : month !== undefined ? Date.UTC(y, m + 1) : Date.UTC(y + 1);
    return { min: Date.UTC(y, m, d), max: end - 1 };
  }
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new QueryError(`a date was expected instead of ${text}`);
  return { min: ms, max: ms };
}

/** `NOW`, `NOW-1HOUR`, `NOW-2DAYS+1HOUR`. */
function relativeTime(text: string, nowMs: number): number {
  const steps = [...text.slice(3).matchAll(/([+-]\d{1,6})(SECOND|MINUTE|HOUR|DAY|MONTH|YEAR)S?/g)];
  if (steps.map(([whole]) => whole).join('') !== text.slice(3)) {
    throw new QueryError(`a date was expected instead of ${text}`);
  }
  const date = new Date(nowMs);
  for (const [, count, name] of steps) {
    const unit = UNITS[name as keyof typeof UNITS];
    date[`setUTC${unit}`](date[`getUTC${unit}`]() + Number(count));
  }
  return date.getTime();
}
