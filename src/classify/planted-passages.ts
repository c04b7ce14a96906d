import { isPlanted, opensForgedBlock, opensForgedRole } from './planted-phrases.ts';

type Sentence = { start: number; end: number; planted: boolean };

/**
 * The text with every passage that gives orders to whatever classifies it turned into blanks, of the same length.
 * A passage goes from the first such sentence to the end of its paragraph, since orders come with their reasons; where
 * that would leave nothing of the text, only the sentences themselves go. After a forged end of our own block, all goes.
 *
 * This knows common ways of giving such orders and nothing more: it is one line of defence, in front of the rule in the
 * prompt, the schema and the check of quotes. It leaves the text that people read, and that is kept, as it is.
 */
export function withoutPlanted(text: string): string {
  const paragraphs = paragraphsOf(text);
  if (!paragraphs.some((sentences) => sentences.some(({ planted }) => planted))) return text;
  const rests = paragraphs.flatMap((sentences) => {
    const first = sentences.find(({ planted }) => planted);
    const last = sentences.at(-1);
    return first && last ? [{ start: first.start, end: last.end }] : [];
  });
  const forged = text.search(opensForgedBlock);
  const blanked = blank(text, forged < 0 ? rests : [...rests, { start: forged, end: text.length }]);
  if (/[\p{L}\p{N}]/u.test(blanked)) return blanked;
  return blank(
    text,
    paragraphs.flat().filter(({ planted }) => planted),
  );
}

function blank(text: string, ranges: readonly { start: number; end: number }[]): string {
  return ranges.reduce(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(start, end).replace(/[^\n]/g, ' ') + rest.slice(end),
    text,
  );
}

/** Sentences and lines, by paragraphs (between empty lines). */
function paragraphsOf(text: string): Sentence[][] {
  const paragraphs: Sentence[][] = [[]];
  for (const { index, 0: line } of text.matchAll(/[^\n]*\n?/g)) {
    if (line.trim() === '') paragraphs.push([]);
    for (const part of line.matchAll(/.+?(?:[.!?]+["'”’»)\]]*(?=\s|$)|[。！？]|$)/gsu)) {
      if (part[0].trim() === '') continue;
      const start = index + part.index;
      paragraphs.at(-1)?.push({ start, end: start + part[0].length, planted: isPlanted(part[0]) });
    }
  }
  return paragraphs.map((sentences) => joinedOverLines(sentences, text));
}

/**
 * An order may go on over the end of a line: two neighbours that are one together are both marked. So is the line that
 * lets an order seem a system's.
 */
function joinedOverLines(sentences: readonly Sentence[], text: string): Sentence[] {
  const marked = sentences.map((sentence) => ({ ...sentence }));
  for (const [index, sentence] of marked.entries()) {
    const next = marked[index + 1];
    if (next === undefined || sentence.planted || next.planted) continue;
    const between = text.slice(sentence.start, next.end);
    if (/[.!?]\s*$/.test(text.slice(sentence.start, sentence.end)) || !isPlanted(between)) continue;
    sentence.planted = true;
    next.planted = true;
  }
  for (const [index, { planted }] of marked.entries()) {
    const before = marked[index - 1];
    if (planted && before && opensForgedRole.test(text.slice(before.start, before.end))) before.planted = true;
  }
  return marked;
}
