/**
 * What begins a formula in a spreadsheet: at the start of a cell, also behind spaces, quotes and control characters that
 * some programs drop, and behind whatever a program with other separators would take for the start of the next cell.
 * The wide forms are what some input methods write, and some spreadsheets read them as the plain ones.
 */
const FORMULA = /(^|[\r\n\t,;|])([\s\p{Cc}\p{Cf}"'`]*)([=+\-@＝＋－＠])/gu;
/** A cell that some programs begin reading elsewhere than at its first character. */
const UNSURE_START = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}"'`]+[=+\-@＝＋－＠])/u;

/**
 * A text that a spreadsheet shows and never calculates, after OWASP's advice: an apostrophe comes first, and the writer
 * puts every cell in quotes and doubles those inside. OWASP notes that no marking holds in every program; an apostrophe
 * that is seen is the price. Texts that cannot begin a formula stay as they are.
 */
export function plainCell(text: string): string {
  const marked = text.replace(FORMULA, "$1$2'$3");
  return UNSURE_START.test(text) ? `'${marked}` : marked;
}
