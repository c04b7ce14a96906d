import type { Evidence } from '../domain/insight.ts';

/** A piece of a thread's text; `marked` pieces are evidence. */
export interface Piece {
  text: string;
  marked: boolean;
}

/**
 * Cuts a text at its evidence. Offsets are UTF-16 code units; spans may touch, overlap, nest, come in any order or
 * reach outside the text (the thread may have been edited since): they are clamped, merged, and dropped when empty.
 * The pieces joined are always the text itself.
 */
export function highlight(text: string, spans: readonly Pick<Evidence, 'start' | 'end'>[]): Piece[] {
  const sorted = spans
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(text.length, end) }))
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start);
  const pieces: Piece[] = [];
  let position = 0;
  for (const { start, end } of sorted) {
    if (end <= position) continue;
    const last = pieces.at(-1);
    if (start > position) pieces.push({ text: text.slice(position, start), marked: false });
    else if (last?.marked) {
      last.text += text.slice(position, end);
      position = end;
      continue;
    }
    pieces.push({ text: text.slice(start, end), marked: true });
    position = end;
  }
  if (position < text.length) pieces.push({ text: text.slice(position), marked: false });
  return pieces;
}
