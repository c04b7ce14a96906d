import { isSentFrom, isSignatureMark } from './signature-phrases.ts';
import { KEPT, SIGNATURE, type TextLines } from './text-lines.ts';

/** More lines than this below a `--` are not a signature: the writer divided the message. */
const SIGNATURE_LINES = 12;

/** Leaves out the signature at the end of each part of the message that is left: below a `--`, or a phone's last line. */
export function leaveOutSignatures(lines: TextLines): void {
  let line = lines.count - 1;
  while (line >= 0) {
    while (line >= 0 && lines.fate(line) !== KEPT) line--;
    let first = line;
    while (first > 0 && lines.fate(first - 1) === KEPT) first--;
    if (line >= 0) leaveOutAtEnd(lines, first, line);
    line = first - 1;
  }
}

function leaveOutAtEnd(lines: TextLines, first: number, last: number): void {
  let marks = 0;
  for (let line = first; line <= last; line++) if (isSignatureMark(lines.words(line))) marks++;
  /** The first line that belongs to the signature. */
  let cut = last + 1;
  let below = 0;
  for (let line = last; line >= first && below <= SIGNATURE_LINES; line--) {
    if (lines.isBlank(line)) continue;
    const words = lines.words(line);
    // With more than one the writer divides the message.
    const isMark = marks === 1 && isSignatureMark(words);
    if (isMark || (below === 0 && isSentFrom(words))) {
      cut = line;
      below = 0;
    } else below++;
  }
  if (cut <= last) lines.leaveOut(lines.start(cut), lines.end(last), SIGNATURE);
}
