import { LEXICON, OPENINGS } from './lexicon.ts';

const GROUPS = Object.entries(LEXICON).map(([name, words]) => ({ name, words: new RegExp(`\\b(?:${words})\\b`, 'g') }));
const STARTS = Object.entries(OPENINGS).map(([name, words]) => ({
  name,
  words: new RegExp(`^\\s*\\W?(?:${words})(?!\\w)`),
}));

/** What a text is made of besides words. */
const LAYOUT = Object.entries({
  fence: /```/g,
  inlineCode: /`[^`\n]+`/g,
  heading: /^#+ |^\*\*/gm,
  bullets: /^[ \t]*[-*] /gm,
  numbered: /^[ \t]*\d+[.)] /gm,
  image: /\[image\]/g,
  link: /weblink/g,
  version: /\d\.\d+\.\d/g,
  exceptionName: /\w(?:error|exception)\b/g,
  path: /\w\/\w+\/\w/g,
  call: /\w\(/g,
  exclamation: /!/g,
  stackFrame: /^[ \t]+at |file ".*", line/gm,
  checkBox: /\[[x ]?\]/g,
  table: /\|/g,
});

/** Code units read; what customers want is said before that. */
const READ_LENGTH = 1_500;
/** The title, or the beginning of the first line: what it says counts apart from the rest. */
const OPENING_LENGTH = 90;
const LONGEST = 9;

/** The names of what a plain text does: each group of words found anywhere (and how often), first and last. */
export function speechActsOf(plain: string): string[] {
  const read = plain.slice(0, READ_LENGTH);
  const opening = (/^[^\n]*/.exec(read)?.[0] ?? '').slice(0, OPENING_LENGTH);
  const ending = plain.slice(-OPENING_LENGTH);
  const found: string[] = [];
  for (const { name, words } of GROUPS) {
    const times = occurrences(words, read);
    if (times > 0) found.push(`says:${name}`);
    if (times > 1) found.push(`repeats:${name}`);
    if (times > 3) found.push(`insists:${name}`);
    if (opening.search(words) >= 0) found.push(`opening:${name}`);
    if (ending.search(words) >= 0) found.push(`ending:${name}`);
  }
  for (const { name, words } of STARTS) if (words.test(opening)) found.push(`starts:${name}`);
  for (const [name, pattern] of LAYOUT) {
    const times = occurrences(pattern, read);
    if (times > 0) found.push(`layout:${name}`);
    if (times > 3) found.push(`much:${name}`);
  }
  if (opening.includes('?')) found.push('opening:?');
  found.push(`size:${Math.min(LONGEST, Math.floor(Math.log2(1 + plain.split(/\s+/).length)))}`);
  return found;
}

function occurrences(pattern: RegExp, text: string): number {
  return text.match(pattern)?.length ?? 0;
}
