import type { InboxFrequencies } from './inverse-frequency.ts';

/**
 * In how many of an inbox's patterns each term and phrase occurred when they started: a count-min sketch, so that it
 * stays one small document however many words the inbox uses. It may count too much, never too little (but for halving).
 */
export interface TermCounts {
  documents: number;
  /** `ROWS` rows of `COLUMNS` unsigned 16-bit counters, little endian. */
  counters: Uint8Array;
}

const ROWS = 2;
const COLUMNS = 32_768;
const BYTES = 2;
/** Then everything is halved: recent mail counts more, and the counters neither fill up nor overflow. */
const DOCUMENTS_AT_MOST = 2_000;

export function emptyTermCounts(): TermCounts {
  return { documents: 0, counters: new Uint8Array(ROWS * COLUMNS * BYTES) };
}

/** Counts, in place, the terms of a text that started a pattern. */
export function countTerms(counts: TermCounts, terms: readonly string[]): void {
  const view = viewOf(counts);
  for (const term of new Set(terms)) {
    const places = placesOf(term);
    const next = Math.min(...places.map((place) => view.getUint16(place, true))) + 1;
    // Only the counters below the new count are raised: the least overcounting that is still never too little.
    for (const place of places) if (view.getUint16(place, true) < next) view.setUint16(place, next, true);
  }
  counts.documents++;
  if (counts.documents >= DOCUMENTS_AT_MOST) halve(counts, view);
}

/** The counts as `describe` takes them; later calls of `countTerms` show in it. */
export function frequenciesOf(counts: TermCounts): InboxFrequencies {
  const view = viewOf(counts);
  return {
    get documents() {
      return counts.documents;
    },
    documentFrequency: (term) => Math.min(...placesOf(term).map((place) => view.getUint16(place, true))),
  };
}

function viewOf({ counters }: TermCounts): DataView {
  return new DataView(counters.buffer, counters.byteOffset, counters.byteLength);
}

function halve(counts: TermCounts, view: DataView): void {
  counts.documents = Math.floor(counts.documents / 2);
  for (let at = 0; at < view.byteLength; at += BYTES) view.setUint16(at, view.getUint16(at, true) >> 1, true);
}

/** One byte offset per row, from the two halves of a 32-bit FNV-1a hash. */
function placesOf(term: string): number[] {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash ^= hash >>> 13;
  const columns = [hash & (COLUMNS - 1), (hash >>> 16) & (COLUMNS - 1)];
  return columns.map((column, row) => (row * COLUMNS + column) * BYTES);
}
