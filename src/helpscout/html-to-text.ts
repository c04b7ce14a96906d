import { Parser } from 'htmlparser2';

/** Elements that start on a line of their own. */
const BLOCKS = new Set(
  'address article aside blockquote dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tr ul'.split(
    ' ',
  ),
);
/** Elements whose content is never shown. */
const HIDDEN = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);

/**
 * The readable text of a thread's HTML body. White space collapses as in a browser; `<br>` is a line break and a
 * non-breaking space an ordinary one, which keeps text that was escaped that way equal, character by character.
 */
export function htmlToText(html: string): string {
  let text = '';
  let hiddenDepth = 0;
  /** A collapsible space or a block's line break that is written only when more text follows. */
  let pending: '' | ' ' | '\n' = '';

  const breakLine = () => {
    if (text !== '' && !text.endsWith('\n')) pending = '\n';
    else pending = '';
  };
  const write = (words: string) => {
    if (pending === '\n' || (pending === ' ' && text !== '' && !text.endsWith('\n'))) text += pending;
    pending = '';
    text += words;
  };

  const parser = new Parser(
    {
      onopentagname(name) {
        if (HIDDEN.has(name)) hiddenDepth++;
        else if (name === 'br') {
          if (pending === '\n') text += pending;
          pending = '';
          text += '\n';
        } else if (BLOCKS.has(name)) breakLine();
      },
      ontext(data) {
        if (hiddenDepth > 0) return;
        for (const part of data.split(/([ \t\r\n\f]+)/)) {
          if (part === '') continue;
          if (/^[ \t\r\n\f]/.test(part)) pending ||= ' ';
          else write(part.replaceAll('\u00a0', ' '));
        }
      },
      onclosetag(name) {
        if (HIDDEN.has(name)) hiddenDepth = Math.max(0, hiddenDepth - 1);
        else if (BLOCKS.has(name)) breakLine();
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return text;
}
