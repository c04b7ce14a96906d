import type { Span } from '../../domain/conversation.ts';

/** Spans of one text are no more than this: very many are joined to coarser ones, so that they can be stored. */
const MAX_SPANS = 4000;

const isExact = ([textStart, textEnd, htmlStart, htmlEnd]: Span) => textEnd - textStart === htmlEnd - htmlStart;

/** Adds the next stretch of a text to its spans; what continues the last one becomes part of it. */
export function addSpan(spans: Span[], span: Span): void {
  const last = spans.at(-1);
  if (last && isExact(last) && isExact(span) && last[1] === span[0] && last[3] === span[2]) {
    last[1] = span[1];
    last[3] = span[3];
  } else spans.push(span);
}

/** The part of a span between two offsets of the text, moved so that the text's `start` becomes `newStart`. */
export function partOf(span: Span, start: number, end: number, newStart: number): Span {
  const [textStart, textEnd, htmlStart, htmlEnd] = span;
  const from = Math.max(start, textStart);
  const to = Math.min(end, textEnd);
  const moved = newStart - start;
  return isExact(span)
    ? [from + moved, to + moved, htmlStart + from - textStart, htmlEnd - (textEnd - to)]
    : [from + moved, to + moved, htmlStart, htmlEnd];
}

/** Joins neighbours until there are at most `MAX_SPANS`: places in such a stretch are those of the whole stretch. */
export function coarsen(spans: Span[]): Span[] {
  if (spans.length <= MAX_SPANS) return spans;
  const together = Math.ceil(spans.length / MAX_SPANS);
  const coarse: Span[] = [];
  for (let first = 0; first < spans.length; first += together) {
    const group = spans.slice(first, first + together);
    const [textStart, , htmlStart] = group[0] ?? [0, 0, 0, 0];
    const [, textEnd, , htmlEnd] = group.at(-1) ?? [0, 0, 0, 0];
    coarse.push([textStart, textEnd, htmlStart, htmlEnd]);
  }
  return coarse;
}

/**
 * Where `text.slice(start, end)` stands in the HTML that the spans were made from. Offsets outside the text are taken
 * for its nearest end; without spans everything is at the beginning.
 */
export function originalRange(spans: readonly Span[], start: number, end: number): { start: number; end: number } {
  const from = htmlOffset(spans, start, 'start');
  return { start: from, end: end <= start ? from : Math.max(from, htmlOffset(spans, end, 'end')) };
}

/** A range starts with the character at its first offset and ends with the one before its last offset. */
function htmlOffset(spans: readonly Span[], offset: number, side: 'start' | 'end'): number {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const textEnd = spans[middle]?.[1] ?? 0;
    if (side === 'start' ? textEnd <= offset : textEnd < offset) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  if (!span) return 0;
  const [textStart, textEnd, htmlStart, htmlEnd] = span;
  if (offset >= textEnd) return htmlEnd;
  if (offset <= textStart) return htmlStart;
  if (isExact(span)) return htmlStart + offset - textStart;
  return side === 'start' ? htmlStart : htmlEnd;
}
