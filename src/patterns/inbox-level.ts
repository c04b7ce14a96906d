import { addToCentroid, type Centroid, EMPTY_CENTROID } from './centroid.ts';
import type { Signature } from './signature.ts';
import { norm } from './sparse-vector.ts';

/**
 * How an inbox's texts are on the whole. Every text counts, whichever pattern it is put into: what was joined must not
 * decide what is joined next.
 */
export interface InboxLevel {
  /** The sum of all texts' unit vectors. */
  all: Centroid;
  /** Sum of the binary logarithms of their lengths in words plus one. */
  logLength: number;
}

export const NEW_INBOX: InboxLevel = { all: EMPTY_CENTROID, logLength: 0 };

/** The heaviest terms make nearly all of the background: it is a sum of squares. */
const LEVEL_TERMS = 600;
/** Then everything is halved: recent mail counts more. */
const TEXTS_AT_MOST = 4_000;

/** What is expected before an inbox has shown how it is, and how many texts of its own weigh as much. */
const EXPECTED = { log2Length: 5, background: 0.025, texts: 20 };

/** Of an inbox that is as expected. */
const USUAL_THRESHOLD = 0.28;
/** Per doubling of the usual length: long texts share forms, product names and turns of phrase with unrelated ones. */
const PER_DOUBLING = 0.6;
/** Where any two texts are alike, being alike says less. */
const PER_BACKGROUND = 1;
/** A background lower than expected says less: it is low, too, where the shared words were weighed down. */
const PER_LOWER_BACKGROUND = 0.3;

/** So nearly the same words are one issue in any inbox, be it that everybody writes about one thing. */
export const NEAR_COPY = 0.75;

/** The linkage from which two patterns of an inbox are one: high where people write at length, or all about one thing. */
export function inboxThreshold(level: InboxLevel): number {
  const texts = level.all.members;
  const mix = (own: number, expected: number) => (texts * own + EXPECTED.texts * expected) / (texts + EXPECTED.texts);
  const log2Length = mix(texts > 0 ? level.logLength / texts : 0, EXPECTED.log2Length);
  const background = mix(backgroundOf(level.all), EXPECTED.background);
  const above = Math.log(background / EXPECTED.background);
  const steps =
    PER_DOUBLING * (log2Length - EXPECTED.log2Length) + (above > 0 ? PER_BACKGROUND : PER_LOWER_BACKGROUND) * above;
  return Math.min(NEAR_COPY, USUAL_THRESHOLD * Math.exp(steps));
}

/** The mean similarity of two different texts: the length of the sum, without the texts' similarity with themselves. */
function backgroundOf({ terms, members }: Centroid): number {
  if (members < 2) return 0;
  return Math.max(0, (norm(terms) ** 2 - members) / (members * (members - 1)));
}

/** The level with one more text. */
export function addToLevel(level: InboxLevel, signature: Pick<Signature, 'vector' | 'length'>): InboxLevel {
  const all = addToCentroid(level.all, signature, LEVEL_TERMS);
  const logLength = level.logLength + Math.log2(signature.length + 1);
  if (all.members < TEXTS_AT_MOST) return { all, logLength };
  const terms = all.terms.map(([term, weight]): [string, number] => [term, weight / 2]);
  return { all: { terms, members: all.members / 2 }, logLength: logLength / 2 };
}
