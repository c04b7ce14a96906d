import type { RemovedPart } from '../domain/conversation.ts';
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

/** What stands at one place of a message: a paragraph of pieces, or the note of a part that is left out. */
export type Passage = { kind: 'text'; pieces: Piece[] } | { kind: 'left-out'; part: RemovedPart };

/**
 * Cuts highlighted pieces where parts of the message are left out. The line break at such a place is dropped: what
 * follows is a paragraph of its own.
 */
export function passages(pieces: readonly Piece[], removed: readonly RemovedPart[]): Passage[] {
  const found: Passage[] = [];
  const rest = [...pieces];
  let position = 0;
  const takeUntil = (end: number) => {
    const taken: Piece[] = [];
    for (let piece = rest.shift(); piece; piece = rest.shift()) {
      const room = end - position;
      if (piece.text.length > room) rest.unshift({ ...piece, text: piece.text.slice(room) });
      const text = piece.text.slice(0, room);
      if (text !== '') taken.push({ ...piece, text });
      position += text.length;
      if (position >= end) break;
    }
    const [first] = taken;
    if (first && found.length > 0) first.text = first.text.replace(/^\n/, '');
    const shown = taken.filter(({ text }) => text !== '');
    if (shown.length > 0) found.push({ kind: 'text', pieces: shown });
  };
  for (const part of removed) {
    if (part.at > position) takeUntil(part.at);
    found.push({ kind: 'left-out', part });
  }
  takeUntil(Number.POSITIVE_INFINITY);
  return found;
}
