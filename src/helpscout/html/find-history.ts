import type { Zone } from './render.ts';
import {
  headerField,
  introducesQuote,
  isFormField,
  isForward,
  isMailsHeader,
  isProgramsIntroduction,
  isRule,
  isSeparator,
  MAX_LINE,
} from './reply-phrases.ts';
import { KEPT, QUOTE, SIGNATURE, type TextLines } from './text-lines.ts';

/** An introduction may be wrapped onto so many lines. */
const INTRODUCTION_LINES = 4;
/** A quoted message's header has so many lines at most, wrapped ones and lists of addressees included. */
const HEADER_LINES = 12;

/**
 * Leaves out what a message quotes: what mail programs marked, lines that start with `>`, the lines that introduce
 * them, and everything below a separator or a quoted message's header. Answers between quotes stay, and so does a
 * message that is passed on, with all it contains: unlike history, it was not read before.
 */
export function leaveOutHistory(lines: TextLines, zones: readonly Zone[]): void {
  const forward = firstForward(lines, zones);
  leaveOutZones(lines, zones, forward);
  leaveOutQuotedLines(lines, forward);
  leaveOutIntroductions(lines, forward);
  leaveOutBelowSeparator(lines, forward);
}

/** The line below which a message is passed on; the number of lines where none is, or only inside of what is quoted. */
function firstForward(lines: TextLines, zones: readonly Zone[]): number {
  for (let line = 0; line < lines.count; line++) {
    if (!isForward(lines.words(line))) continue;
    const [start, end] = [lines.start(line), lines.end(line)];
    const isQuoted = zones.some(
      (zone) => zone.start < start && end <= zone.end && lines.firstLineFrom(zone.start) < line,
    );
    return isQuoted ? lines.count : line;
  }
  return lines.count;
}

function leaveOutZones(lines: TextLines, zones: readonly Zone[], forward: number): void {
  let painted = 0;
  for (const { start, end, kind } of [...zones].sort((one, other) => one.start - other.start || other.end - one.end)) {
    if (start >= end || end <= painted) continue;
    const first = lines.firstLineFrom(start);
    if (kind !== 'signature' && first >= forward) continue;
    // A blockquote without a mark may be the writer's own way to show somebody's words.
    if (kind === 'blockquote' && !introductionAbove(lines, first)?.isPrograms) continue;
    lines.leaveOut(Math.max(start, painted), end, kind === 'signature' ? SIGNATURE : QUOTE);
    painted = end;
  }
}

/** Lines with a `>`, unless the writer uses it for something else: nothing says that somebody is quoted. */
function leaveOutQuotedLines(lines: TextLines, forward: number): void {
  const quoted: number[] = [];
  let isHistory = false;
  for (let line = 0; line < forward; line++) {
    if (lines.fate(line) === QUOTE) isHistory = true;
    // `>= 10` and `>5` compare.
    if (lines.fate(line) !== KEPT || !/^>(?![=\d])/.test(lines.words(line))) continue;
    isHistory ||= quoted.length === 0 ? mayIntroduceQuote(lines, line) : false;
    isHistory ||= saysWhoWrote(lines.words(line).replace(/^[>\s]+/, ''));
    quoted.push(line);
  }
  if (isHistory) for (const line of quoted) leaveOutLines(lines, line, line);
}

const saysWhoWrote = (words: string) => introducesQuote(words) || isSeparator(words) || headerField(words) !== null;

/** In whatever language, an introduction has a date or an address on its last two lines; a message may also start so. */
function mayIntroduceQuote(lines: TextLines, quote: number): boolean {
  let line = quote - 1;
  while (line >= 0 && lines.isBlank(line)) line--;
  if (line < 0) return true;
  const words = lines.words(line);
  const above = line > 0 && !lines.isBlank(line - 1) ? lines.words(line - 1) : '';
  return saysWhoWrote(words) || /[\d@]/.test(`${above} ${words}`);
}

function leaveOutIntroductions(lines: TextLines, forward: number): void {
  let last = -1;
  for (let line = 0; line < forward; line++) {
    if (lines.isBlank(line)) continue;
    const isFirstOfQuote = lines.fate(line) === QUOTE && last >= 0 && lines.fate(last) === KEPT;
    const introduction = isFirstOfQuote ? introductionAbove(lines, line) : null;
    if (introduction) leaveOutLines(lines, introduction.first, last);
    last = line;
  }
}

/** What introduces a quote on the lines right above it, if anything does. */
function introductionAbove(lines: TextLines, quote: number): { first: number; isPrograms: boolean } | null {
  let joined = '';
  let found: { first: number; isPrograms: boolean } | null = null;
  let line = quote - 1;
  while (line >= 0 && lines.isBlank(line)) line--;
  for (let count = 0; count < INTRODUCTION_LINES && line >= 0; count++, line--) {
    if (lines.isBlank(line) || lines.fate(line) !== KEPT) break;
    joined = joined === '' ? lines.words(line) : `${lines.words(line)} ${joined}`;
    if (joined.length > MAX_LINE) break;
    // A wrapped introduction may be recognised by its last line, but its first one is where the date is.
    if (isProgramsIntroduction(joined)) return { first: line, isPrograms: true };
    if (!found && (introducesQuote(joined) || (count === 0 && isSeparator(joined)))) {
      found = { first: line, isPrograms: false };
    }
  }
  return found;
}

function leaveOutBelowSeparator(lines: TextLines, forward: number): void {
  for (let line = 0; line < forward; line++) {
    if (lines.isBlank(line) || lines.fate(line) !== KEPT) continue;
    const introduction = isSeparator(lines.words(line)) || isHeader(lines, line) ? line : introductionEnd(lines, line);
    if (introduction === null) continue;
    let next = introduction + 1;
    while (next < lines.count && lines.isBlank(next)) next++;
    if (next < lines.count && lines.fate(next) === QUOTE) {
      // The quote itself is marked: what stands between its parts may be answers.
      leaveOutLines(lines, line, introduction);
      continue;
    }
    leaveOutLines(lines, ruleAbove(lines, line), lines.count - 1);
    return;
  }
}

/** The last line of a program's introduction that starts on this line, if one does. */
function introductionEnd(lines: TextLines, first: number): number | null {
  let joined = '';
  for (let line = first; line < Math.min(first + INTRODUCTION_LINES, lines.count); line++) {
    if (lines.isBlank(line) || lines.fate(line) !== KEPT) return null;
    joined = joined === '' ? lines.words(line) : `${joined} ${lines.words(line)}`;
    if (joined.length > MAX_LINE) return null;
    if (isProgramsIntroduction(joined)) return line;
  }
  return null;
}

/**
 * Whether a quoted message's header starts on this line: sender, date, and addressee or subject, one below the other.
 * Contact forms send the same fields, among others.
 */
function isHeader(lines: TextLines, first: number): boolean {
  if (headerField(lines.words(first)) === null) return false;
  if (first > 0 && isFormField(lines.words(first - 1))) return false;
  const found = new Map<string, string>();
  let sinceField = 0;
  for (let line = first; line < Math.min(first + HEADER_LINES, lines.count); line++) {
    if (lines.isBlank(line)) continue;
    const words = lines.words(line);
    const field = headerField(words);
    if (field && !found.has(field)) found.set(field, words);
    sinceField = field ? 0 : sinceField + 1;
    if (sinceField > 2) break;
    if (found.size >= 3 && isMailsHeader(Object.fromEntries(found))) return !isFormField(lineBelowHeader(lines, line));
  }
  return false;
}

/** What follows the last field of a header without a gap. */
function lineBelowHeader(lines: TextLines, field: number): string {
  let line = field + 1;
  while (line < field + HEADER_LINES && line < lines.count && headerField(lines.words(line)) !== null) line++;
  return line < lines.count ? lines.words(line) : '';
}

function ruleAbove(lines: TextLines, line: number): number {
  let above = line - 1;
  while (above >= 0 && lines.isBlank(above)) above--;
  return above >= 0 && lines.fate(above) === KEPT && isRule(lines.words(above)) ? above : line;
}

const leaveOutLines = (lines: TextLines, first: number, last: number) =>
  lines.leaveOut(lines.start(first), lines.end(last), QUOTE);
