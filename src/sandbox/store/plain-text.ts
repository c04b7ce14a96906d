import { Parser } from 'htmlparser2';
import type { Thread } from './model.ts';

/** What is read in a thread: HTML without its tags, plain text as it is. */
export function plainText({ text, isHtml }: Pick<Thread, 'text' | 'isHtml'>): string {
  if (!isHtml) return text;
  let read = '';
  const parser = new Parser({
    ontext: (part) => {
      read += part;
    },
    onopentag: (name) => {
      if (name === 'br' || name === 'p' || name === 'div') read += '\n';
    },
  });
  parser.end(text);
  return read.trim();
}
