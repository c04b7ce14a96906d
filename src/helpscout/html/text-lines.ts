/** Why a character of a rendered text is left out; `KEPT` where it is not. */
export const KEPT = 0;
export const QUOTE = 1;
export const SIGNATURE = 2;
export type Fate = typeof KEPT | typeof QUOTE | typeof SIGNATURE;

/** A rendered text, line by line, and which of its characters are left out. */
export interface TextLines {
  count: number;
  /** The line without the white space around it; only its beginning where it is longer than any phrase. */
  words(index: number): string;
  isBlank(index: number): boolean;
  start(index: number): number;
  end(index: number): number;
  /** The line on which the first character at or after an offset stands that is no white space. */
  firstLineFrom(offset: number): number;
  /** The fate of a line is that of its first character that is no white space. */
  fate(index: number): Fate;
  leaveOut(start: number, end: number, fate: Fate): void;
  /** Takes everything of one fate back. */
  keepAll(fate: Fate): void;
  fates: Uint8Array;
}

const MAX_WORDS = 1700;

export function createTextLines(text: string): TextLines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const fates = new Uint8Array(text.length);
  const start = (index: number) => starts[index] ?? text.length;
  const end = (index: number) => (index + 1 < starts.length ? start(index + 1) - 1 : text.length);
  /** Where each line's words start and end; a blank line has none. */
  const wordStarts = starts.map((from, index) => skipWhite(text, from, end(index)));
  const wordEnds = starts.map((from, index) => trimWhite(text, from, end(index)));
  const first = (index: number) => wordStarts[index] ?? text.length;
  const isBlank = (index: number) => first(index) >= end(index);
  /** The first line from each on that is not blank. */
  const nextWithWords: number[] = Array.from(starts, () => starts.length - 1);
  for (let index = starts.length - 2; index >= 0; index--) {
    nextWithWords[index] = isBlank(index) ? (nextWithWords[index + 1] ?? index) : index;
  }
  return {
    count: starts.length,
    fates,
    start,
    end,
    words: (index) =>
      text.slice(first(index), Math.max(first(index), Math.min(wordEnds[index] ?? 0, first(index) + MAX_WORDS))),
    isBlank,
    firstLineFrom(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (start(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      return offset < (wordEnds[low] ?? 0) ? low : (nextWithWords[low + 1] ?? low);
    },
    fate(index) {
      const fate = isBlank(index) ? KEPT : fates[first(index)];
      return fate === QUOTE || fate === SIGNATURE ? fate : KEPT;
    },
    leaveOut: (from, to, fate) => {
      fates.fill(fate, from, Math.min(to, text.length));
    },
    keepAll(fate) {
      for (let offset = 0; offset < fates.length; offset++) if (fates[offset] === fate) fates[offset] = KEPT;
    },
  };
}

const isWhite = (code: number) => code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;

/** The first offset from `start` on that is no white space, or `end`. */
export function skipWhite(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isWhite(text.charCodeAt(at))) at++;
  return at;
}

/** The offset behind the last character before `end` that is no white space, or `start`. */
export function trimWhite(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isWhite(text.charCodeAt(at - 1))) at--;
  return at;
}
