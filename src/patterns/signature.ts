import { withoutBoilerplate } from './boilerplate.ts';
import { lookupKeys } from './index-keys.ts';
import { EMPTY_INBOX, type InboxFrequencies, inverseFrequency } from './inverse-frequency.ts';
import { byWeight, norm, type SparseVector } from './sparse-vector.ts';
import { termsOf } from './terms.ts';

/** What is compared of a text. */
export interface Signature {
  /** Keys by which patterns that may be the same are found, the rarest kind first. */
  keys: string[];
  /** Unit length, or empty when the text says nothing. */
  vector: SparseVector;
  /** Number of words that carry a topic; the threshold depends on it. */
  length: number;
  /** Distinct terms and phrases to count for the inbox when the text starts a pattern. */
  countedTerms: string[];
}

const VECTOR_TERMS = 80;
/** Two words in sequence tell more than apart, but match less often: they refine, they do not decide. */
const PAIR_WEIGHT = 0.15;
/** The subject names the problem; below it, words fade over about so many. */
const SUBJECT_WEIGHT = 2;
const FADING_WORDS = 80;

/** A form comes after what the customer says first, or it would be found in every short message about one issue. */
const FORM_AFTER_WORDS = 8;

const PHRASE_WORDS = 3;
/** A phrase that started so many patterns is a form or a footer, not an issue. */
const FORM_SHARE = 0.01;
const FORM_AT_LEAST = 5;
const FORM_WEIGHT = 0.3;

/**
 * Describes a text for comparison: subject first, then what the customer wrote. Equal text and frequencies give equal
 * signatures. Without `inbox` only the background frequencies apply.
 */
export function describe(text: string, inbox: InboxFrequencies = EMPTY_INBOX): Signature {
  const body = withoutBoilerplate(text);
  const terms = termsOf(body);
  const phrases = phrasesOf(terms);
  const importance = importanceOf(terms, termsOf(body.split('\n', 1)[0] ?? '').length, phrases, inbox);

  const words = new Map<string, number>();
  const pairs = new Map<string, number>();
  terms.forEach((term, at) => {
    const next = terms[at + 1];
    add(words, term, importance[at] ?? 0);
    // Joined without a space, so that "log in" and "login" meet.
    if (next !== undefined) add(pairs, term + next, importance[at] ?? 0);
  });

  const weights = new Map<string, number>();
  const weigh = (factor: number) => (amount: number, term: string) =>
    add(weights, term, factor * Math.log1p(amount) * inverseFrequency(term, inbox));
  words.forEach(weigh(1));
  pairs.forEach(weigh(PAIR_WEIGHT));

  const heaviest = [...weights]
    .filter(([, weight]) => weight > 0)
    .sort(byWeight)
    .slice(0, VECTOR_TERMS);
  const length = norm(heaviest);
  const vector = heaviest.map(([term, weight]): [string, number] => [term, weight / length]);
  return {
    keys: lookupKeys(vector),
    vector,
    length: terms.length,
    countedTerms: [...new Set([...words.keys(), ...pairs.keys(), ...phrases])],
  };
}

function phrasesOf(terms: string[]): string[] {
  return terms.slice(PHRASE_WORDS - 1).map((_, at) => terms.slice(at, at + PHRASE_WORDS).join(' '));
}

/** Per word: more in the subject (the first line, where others follow), little inside phrases that the inbox's texts share. */
function importanceOf(terms: string[], subject: number, phrases: string[], inbox: InboxFrequencies): number[] {
  const importance = terms.map((_, at) => {
    if (at >= subject) return Math.exp(-(at - subject) / FADING_WORDS);
    return subject < terms.length ? SUBJECT_WEIGHT : 1;
  });
  const formAfter = Math.max(subject, FORM_AFTER_WORDS);
  const limit = Math.max(FORM_AT_LEAST, FORM_SHARE * inbox.documents);
  const ofForm = new Set<number>();
  phrases.forEach((phrase, at) => {
    if (at < formAfter || inbox.documentFrequency(phrase) < limit) return;
    for (let offset = 0; offset < PHRASE_WORDS; offset++) ofForm.add(at + offset);
  });
  return importance.map((weight, at) => (ofForm.has(at) ? weight * FORM_WEIGHT : weight));
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
