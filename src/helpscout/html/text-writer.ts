import type { Span } from '../../domain/conversation.ts';
import { addSpan } from './spans.ts';

/**
 * Writes the text of a document and remembers where each piece came from. White space and the breaks of blocks and
 * cells are written only once text follows; they stand for all the HTML between the text before and after.
 */
export function createTextWriter(html: string) {
  const pieces: string[] = [];
  const spans: Span[] = [];
  let length = 0;
  /** Where the HTML of the text so far ends. */
  let htmlEnd = 0;
  let atLineStart = true;
  let pending: '' | ' ' | '\t' | '\n' = '';

  const put = (piece: string, start: number, end: number) => {
    // The second code point of an entity has no HTML of its own any more.
    addSpan(spans, [length, length + piece.length, Math.max(start, htmlEnd), end]);
    pieces.push(piece);
    length += piece.length;
    htmlEnd = end;
    atLineStart = piece.endsWith('\n');
  };
  const settle = (nextStart: number) => {
    if (pending === '\n' || (pending !== '' && !atLineStart)) put(pending, htmlEnd, nextStart);
    pending = '';
  };
  const write = (piece: string, start: number, end: number) => {
    settle(start);
    put(piece, start, end);
  };

  return {
    spans,
    length: () => length,
    text: () => pieces.join(''),

    /** The next text starts on a new line. */
    breakLine() {
      pending = atLineStart ? '' : '\n';
    },

    /** The next text on this line is a cell of its own. */
    breakCell() {
      if (pending !== '\n') pending = '\t';
    },

    space() {
      pending ||= ' ';
    },

    /** A `<br>`; white space before it is not shown. */
    lineBreak(start: number, end: number) {
      if (pending === '\n') settle(start);
      pending = '';
      put('\n', start, end);
    },

    character: write,

    /** Text whose white space collapses, as written in the HTML. */
    words(start: number, end: number) {
      for (const match of html.slice(start, end).matchAll(/[ \t\r\n\f]+|[^ \t\r\n\f]+/g)) {
        const [run] = match;
        if (/[ \t\r\n\f]/.test(run[0] ?? '')) pending ||= ' ';
        else write(run.replaceAll('\u00a0', ' '), start + match.index, start + match.index + run.length);
      }
    },

    /** Text whose white space and line breaks count. */
    preformatted(start: number, end: number) {
      for (const match of html.slice(start, end).matchAll(/\r\n?|[^\r]+/g)) {
        const [run] = match;
        const piece = run.startsWith('\r') ? '\n' : run.replaceAll('\u00a0', ' ');
        write(piece, start + match.index, start + match.index + run.length);
      }
    },
  };
}
