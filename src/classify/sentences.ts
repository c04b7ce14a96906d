/** A piece of a text: `text.slice(start, end)` in UTF-16 code units, without white space at its ends. */
export type Span = { start: number; end: number };

const GREETING =
  /^(?:hi|hello|hey|hiya|dear|greetings|good (?:morning|afternoon|evening|day))\b[^.?!,:\n]{0,40}(?:[,!:.]|$)\s*/i;
const SIGN_OFF =
  /^(?:many thanks|thanks|thank you|thx|cheers|regards|(?:kind|best|warm) (?:regards|wishes)|best|sincerely|yours|sent from my)\b/i;
const QUOTE_HEADER = /^(?:on .{4,120} wrote:|-{2,} ?(?:original|forwarded) message)/i;
/** Lines of a sign-off and of the signature after it (name, role, telephone) are short. */
const SIGN_OFF_MAX = 60;

/** Code units read of a message: beyond them there are only pasted logs, and reading takes time that grows. */
const READ_LENGTH = 10_000;
/** Sentences that stand in any mail, whatever it is about. */
const COURTESY =
  /^(?:(?:i|we) hope (?:you|this|all|everything)|hope (?:you|all|this)|have a (?:nice|good|great|lovely)|(?:i am |i'm |we are )?looking forward to|(?:please |just )?let (?:me|us) know|(?:there is )?no (?:hurry|rush)|thanks? (?:you )?(?:in advance|again|for (?:your|the|any) (?:help|time|support|reply|answer|patience))|(?:any|your) help (?:would be|is) (?:much |greatly |very )?appreciated|(?:i|we) (?:would )?appreciate (?:any|your) (?:help|time)|sorry (?:for|to) (?:the )?(?:bother|long)|(?:i|we) have a (?:quick |short |small )?question\b.{0,30}$|(?:a )?(?:quick|short|small) question[.:!]?$|ps:? thanks)/i;
const COURTESY_MAX = 120;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * The sentences of a message that say something: greeting, courtesies, sign-off, signature and the quoted history of an
 * e-mail are left out. Offsets point into the text as given. A message made of nothing else yields none.
 */
export function sentences(message: string): Span[] {
  const text = message.slice(0, READ_LENGTH);
  const spans: Span[] = [];
  for (const line of bodyLines(text)) {
    for (const span of sentencesOf(text, line)) {
      const content = text.slice(span.start, span.end);
      if (!isSignOff(content) && !isCourtesy(content)) spans.push(span);
    }
  }
  return spans;
}

/** The message's sentences, one a line. */
export function bodyText(text: string): string {
  return sentences(text)
    .map(({ start, end }) => text.slice(start, end))
    .join('\n');
}

/** A mark without white space after it ends no sentence, so that "use ?page=2" stays whole. */
function sentencesOf(text: string, line: Span): Span[] {
  const spans: Span[] = [];
  let start = line.start;
  for (const { segment, index } of segmenter.segment(text.slice(line.start, line.end))) {
    const end = line.start + index + segment.length;
    if (end < line.end && !/\s$/.test(segment)) continue;
    const span = trimmed(text, start, end);
    if (span !== null) spans.push(span);
    start = end;
  }
  return spans;
}

function bodyLines(text: string): Span[] {
  const lines: Span[] = [];
  let position = 0;
  for (const raw of text.split('\n')) {
    const line = trimmed(text, position, position + raw.length);
    position += raw.length + 1;
    if (line === null) continue;
    const content = text.slice(line.start, line.end);
    if (QUOTE_HEADER.test(content)) break;
    if (content.startsWith('>')) continue;
    if (lines.length > 0 && (content === '--' || isSignOff(content)) && isSignature(text.slice(line.end))) break;
    const greeting = lines.length === 0 ? (GREETING.exec(content)?.[0].length ?? 0) : 0;
    if (greeting < content.length) lines.push({ start: line.start + greeting, end: line.end });
  }
  return lines;
}

function isSignOff(content: string): boolean {
  return content.length <= SIGN_OFF_MAX && SIGN_OFF.test(content) && !content.includes('?');
}

function isCourtesy(content: string): boolean {
  return (
    content.length <= COURTESY_MAX &&
    COURTESY.test(content) &&
    !/\b(?:if|whether|how|when|why|what)\b/i.test(content.slice(12))
  );
}

/** Whether no line is a sentence, up to the quoted history: "Thanks!" may also be followed by another question. */
function isSignature(text: string): boolean {
  const lines = text.split('\n').map((line) => line.trim());
  const history = lines.findIndex((line) => line.startsWith('>') || QUOTE_HEADER.test(line));
  return lines
    .slice(0, history < 0 ? undefined : history)
    .every((line) => isSignOff(line) || (line.length <= SIGN_OFF_MAX && !/[.?!]$/.test(line)));
}

function trimmed(text: string, start: number, end: number): Span | null {
  const content = text.slice(start, end);
  const from = start + (content.length - content.trimStart().length);
  const to = end - (content.length - content.trimEnd().length);
  return from < to ? { start: from, end: to } : null;
}
