import type { RemovedPart, Span } from '../../domain/conversation.ts';
import type { Rendered } from './render.ts';
import { partOf } from './spans.ts';
import { KEPT, SIGNATURE, skipWhite, trimWhite } from './text-lines.ts';

interface Cut {
  text: string;
  spans: Span[];
  removed: RemovedPart[];
}

/**
 * The text without the characters that are left out. White space beside a cut goes with it, and what was apart stands
 * on lines of its own; where nothing was cut, not a character changes.
 */
export function cut({ text, spans, hidden }: Rendered, fates: Uint8Array): Cut {
  const pieces: string[] = [];
  const cutSpans: Span[] = [];
  const removed: RemovedPart[] = [];
  let length = 0;
  let nextSpan = 0;
  let nextHidden = 0;

  const keep = (start: number, end: number) => {
    if (start >= end) return;
    while ((spans[nextSpan]?.[1] ?? Number.POSITIVE_INFINITY) <= start) nextSpan++;
    if (length > 0) {
      const before = cutSpans.at(-1)?.[3] ?? 0;
      cutSpans.push([length, length + 1, before, Math.max(before, firstHtml(spans[nextSpan], start))]);
      pieces.push('\n');
      length++;
    }
    for (let index = nextSpan; index < spans.length; index++) {
      const span = spans[index];
      if (!span || span[0] >= end) break;
      cutSpans.push(partOf(span, start, end, length));
    }
    pieces.push(text.slice(start, end));
    length += end - start;
  };
  /** Notes what is hidden in a kept part; what is hidden in a part that is left out goes with that one. */
  const noteHidden = (start: number, end: number, shownFrom: number, pieceStart: number) => {
    for (let part = hidden[nextHidden]; part && part.at <= end; part = hidden[++nextHidden]) {
      if (part.at < start) continue;
      const at = Math.min(pieceStart + Math.max(0, part.at - shownFrom), length);
      note({ at, kind: 'hidden', characters: part.characters });
    }
  };
  const note = (part: RemovedPart) => {
    const last = removed.at(-1);
    if (last?.at === part.at && last.kind === part.kind) last.characters += part.characters;
    else removed.push(part);
  };

  let offset = 0;
  while (offset < text.length) {
    const start = offset;
    const fate = fates[start] ?? KEPT;
    while (offset < text.length && (fates[offset] ?? KEPT) === fate) offset++;
    if (fate === KEPT) {
      const from = start === 0 ? 0 : skipWhite(text, start, offset);
      const to = offset === text.length ? offset : trimWhite(text, from, offset);
      keep(from, to);
      noteHidden(start, offset, from, length - Math.max(0, to - from));
    } else {
      const from = skipWhite(text, start, offset);
      const characters = trimWhite(text, from, offset) - from;
      if (characters > 0) note({ at: length, kind: fate === SIGNATURE ? 'signature' : 'quote', characters });
    }
  }
  noteHidden(text.length, text.length, text.length, length);
  return { text: pieces.join(''), spans: cutSpans, removed };
}

function firstHtml(span: Span | undefined, start: number): number {
  return span ? partOf(span, start, span[1], start)[2] : 0;
}
