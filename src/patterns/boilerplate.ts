/** From such a line on, the text is somebody else's or a signature. */
const ENDS = [/^on .{5,120} wrote:\s*$/i, /^-{3,}\s*original message\s*-{3,}/i, /^-{2}\s*$/, /^_{8,}\s*$/];

const SIGN_OFF =
  /^(?:(?:kind|best|warm|many)(?:est)? )?(?:regards|wishes|thanks|thank you|cheers|sincerely|yours (?:truly|sincerely|faithfully)|best)(?: (?:so|very) much)?(?: in advance)?[\s,.!]*$/i;

/** A sign-off ends the message only when no more than a name, a role and a few contact lines follow. */
const LINES_AFTER_SIGN_OFF = 6;

const DEVICE_LINE = /^(?:sent from my |sent from .{0,20}mail|get outlook for |this e-?mail .{0,60}confidential)/i;

/** At the start of any line: a subject or a forwarded head may come first. */
const GREETING =
  /^[ \t]*(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day))(?:(?: [\p{L}'.-]+){0,3}[ \t]*(?:[,!]+|$)|(?: (?:there|team|all|everyone|support|folks|guys))*(?=\s|$))[ \t]*/gimu;

const COURTESIES = [
  /\bi? ?hope (?:this (?:e-?mail|message) finds you|you(?:'re| are)(?: all)?(?: doing)?) well\b[.!,]?/gi,
  /\b(?:many )?(?:thanks|thank you)(?: (?:so|very) much| a lot)?(?: in advance)?(?: for (?:your|the|any|all) (?:\p{L}+ )?(?:help|support|assistance|time|response|reply))?\b[.!,]*/giu,
  /\b(?:any|your) help (?:on this |with this )?(?:would be|is) (?:much |greatly |really )?appreciated\b[.!]?/gi,
  /\b(?:i )?look(?:ing)? forward to (?:hearing (?:back )?from you|your (?:reply|response|answer))(?: soon)?\b[.!]?/gi,
  /\bplease (?:advise|help(?: me| us)?|let me know)\b\s*(?=[.!?\n]|$)[.!?]*/gi,
];

/**
 * A customer's message without what every message has: greeting, courtesies, sign-off, signature and quoted replies.
 * What is shared inside one inbox only (forms, footers) is found by counting instead: see `signature.ts`.
 */
export function withoutBoilerplate(text: string): string {
  const kept = withoutSignature(withoutReplies(text.split(/\r?\n/))).join('\n');
  // "Hello, export fails!" has the shape of a greeting: where nothing else is left it was the message.
  const body = kept.replace(GREETING, '').trim() || kept;
  return COURTESIES.reduce((rest, courtesy) => rest.replace(courtesy, ' '), body).trim();
}

function withoutReplies(lines: string[]): string[] {
  const end = lines.findIndex((line) => ENDS.some((pattern) => pattern.test(line.trim())));
  return (end > 0 ? lines.slice(0, end) : lines).filter((line) => !DEVICE_LINE.test(line.trim()));
}

function withoutSignature(lines: string[]): string[] {
  const signOff = lines.findLastIndex((line) => SIGN_OFF.test(line.trim()));
  if (signOff < 1) return lines;
  const following = lines.slice(signOff + 1).filter((line) => line.trim() !== '');
  return following.length <= LINES_AFTER_SIGN_OFF ? lines.slice(0, signOff) : lines;
}
