import { Parser } from 'htmlparser2';

const BLOCKS = new Set(['p', 'div', 'li', 'ul', 'ol', 'br', 'tr', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** The words of an article, one line per paragraph. */
export function articleText(html: string): string {
  let text = '';
  const parser = new Parser({
    ontext: (part) => {
      text += part;
    },
    onopentag: (name) => {
      if (BLOCKS.has(name)) text += '\n';
    },
  });
  parser.end(html);
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
