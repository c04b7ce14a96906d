import { withoutBoilerplate } from './boilerplate.ts';
import type { Centroid } from './centroid.ts';
import { inverseFrequency } from './inverse-frequency.ts';
import { describe } from './signature.ts';
import { similarity } from './sparse-vector.ts';
import { termsOf } from './terms.ts';

export interface TitledMessage {
  subject: string;
  text: string;
}

export const LONGEST_TITLE = 90;

const PREFIX = /^\s*(?:(?:re|fwd?|aw|wg|tr)\s*(?:\[\d+\])?\s*:|\[[^\]]{0,40}\])\s*/i;
const SENTENCES_READ = 8;
/** A term is telling when fewer than about one text in twelve has it. */
const TELLING = 2.5;
/** Subjects are full of words that say only that somebody wrote in. */
const EMPTY_WORDS = new Set(termsOf('help question issue problem urgent support request contact form message inquiry'));

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** A title of at most 90 characters: the subject when it says what the message is about, else the most telling early sentence. */
export function titleOf({ subject, text }: TitledMessage): string {
  const title = cleanSubject(subject);
  if (tellingTerms(title) >= 2) return shorten(title);
  const [best] = [...sentences.segment(withoutBoilerplate(text))]
    .map(({ segment }) => segment.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '')
    .slice(0, SENTENCES_READ)
    .map((sentence, at) => ({ sentence, score: Math.min(tellingTerms(sentence), 4) - at * 0.5 }))
    .sort((a, b) => b.score - a.score);
  if (best && (best.score > 0 || title === '')) return shorten(best.sentence);
  return title === '' ? 'No text' : shorten(title);
}

export interface PatternText {
  title: string;
  /** A sentence of the most central message; empty where the title says it already. */
  summary: string;
}

/** Puts a pattern into words: offline by `patternText`, or by asking a model with the same messages. */
export type DescribePattern = (centroid: Centroid, messages: readonly TitledMessage[]) => Promise<PatternText>;

/** Title and summary of a pattern: those of the message nearest to its centroid; equal ones, the earlier. */
export function patternText(centroid: Centroid, messages: readonly TitledMessage[]): PatternText {
  const [central] = messages
    .map((message) => ({
      message,
      closeness: similarity(describe(`${message.subject}\n${message.text}`).vector, centroid.terms),
    }))
    .sort((a, b) => b.closeness - a.closeness);
  const { subject, text } = central?.message ?? { subject: '', text: '' };
  const title = titleOf({ subject, text });
  const sentence = text.trim() === '' ? title : titleOf({ subject: '', text });
  return { title, summary: sentence === title ? '' : sentence };
}

function cleanSubject(subject: string): string {
  let rest = subject.replace(/\s+/g, ' ');
  while (PREFIX.test(rest)) rest = rest.replace(PREFIX, '');
  return withoutBoilerplate(rest);
}

function tellingTerms(text: string): number {
  return new Set(termsOf(text).filter((term) => !EMPTY_WORDS.has(term) && inverseFrequency(term) >= TELLING)).size;
}

function shorten(sentence: string): string {
  // Cut before the pattern below is tried: on a long run of dots it would take quadratic time.
  const start = sentence.slice(0, 2 * LONGEST_TITLE);
  const whole = start.replace(/[\s.,;:–-]+$/, '') || start;
  const upper = whole.charAt(0).toUpperCase() + whole.slice(1);
  if (upper.length <= LONGEST_TITLE) return upper;
  const cut = upper.slice(0, LONGEST_TITLE - 1);
  const lastSpace = cut.lastIndexOf(' ');
  return `${(lastSpace > LONGEST_TITLE / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s.,;:–-]+$/, '')}…`;
}
