/**
 * Messages about made-up issues, the same on every run. Words follow Zipf's law, as in mail: few are in nearly every
 * message, most in hardly any; each issue has some words of its own, of which every message uses some.
 */
const VOCABULARY = 60_000;
const COMMON_WORDS = 400;
const OWN_WORDS = 14;
const WORDS_USED = 9;
const FILLING = 26;
const FILLING_WORDS = 3_000;
const SYLLABLES = 'ba de fi go ku la me no pu ra se ti vo wa xe yo zu bri cla dro fle gro plu ska tre'.split(' ');

export function createTextSource(seed: number) {
  const random = (...parts: number[]) => uniform(parts.reduce((hash, part) => mix(hash ^ part), mix(seed)));
  /** The rank of a word: small ones far more often. */
  const rank = (share: number, from: number) =>
    Math.min(VOCABULARY - 1, Math.floor(from * (VOCABULARY / from) ** share));
  const fillingRank = (share: number) => Math.floor(FILLING_WORDS ** share) - 1;
  const arrivals = { count: 0 };
  return {
    /** One message about an issue. */
    message(issue: number, nth: number): string {
      const own = Array.from({ length: OWN_WORDS }, (_, at) => word(rank(random(issue, at), COMMON_WORDS)));
      const used = own.filter((_, at) => random(issue, nth, at, 1) < WORDS_USED / OWN_WORDS);
      const filling = Array.from({ length: FILLING }, (_, at) => word(fillingRank(random(issue, nth, at, 2))));
      return [...used, ...filling].join(' ');
    },
    /** How many messages an issue has: few have many. */
    membersOf: (issue: number): number => Math.min(500, Math.floor(1 / Math.max(1e-3, random(issue, 3)) ** 0.8)),
    /** The issue of the next message to arrive. */
    someIssue: (issues: number): number => Math.floor(random(arrivals.count++, 4) * issues),
  };
}

function word(rank: number): string {
  let rest = Math.max(0, rank) + SYLLABLES.length;
  let made = '';
  for (; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) made += SYLLABLES[rest % SYLLABLES.length] ?? '';
  return made;
}

function mix(value: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return Math.imul(once ^ (once >>> 16), 0x45d9f3b) ^ 0x9e3779b9;
}

const uniform = (hash: number) => (mix(hash) >>> 0) / 2 ** 32;
