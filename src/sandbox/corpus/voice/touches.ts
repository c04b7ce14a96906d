import type { Random } from '../prng.ts';

/** Small marks that a way of writing leaves on a text. */

const TYPOS: [RegExp, string][] = [
  [/\breceive/, 'recieve'],
  [/\btheir\b/, 'thier'],
  [/\bbecause\b/, 'becuase'],
  [/\binvoice\b/, 'invioce'],
  [/\bcalendar\b/, 'calender'],
  [/\bschedule\b/, 'shedule'],
  [/\bwhich\b/, 'wich'],
  [/\bseparate/, 'seperate'],
  [/\bproblem\b/, 'probelm'],
  [/\bit's\b/, 'its'],
  [/\bdon't\b/, 'dont'],
  [/\bdoes not\b/, 'doesnt'],
  [/\bwould\b/, 'woud'],
  [/\baddress/, 'adress'],
  [/\bpossible\b/, 'posible'],
  [/\btimesheet/, 'time sheet'],
  [/\beverything\b/, 'everyting'],
];

/** One or two slips: a word that many misspell, or a finger on the wrong key. */
export function withTypos(random: Random, text: string): string {
  const fitting = TYPOS.filter(([pattern]) => pattern.test(text));
  const [known] = random.shuffled(fitting);
  const slipped = known !== undefined && random.chance(0.6) ? text.replace(known[0], known[1]) : text;
  return random.chance(0.6) ? withWrongKey(random, slipped) : slipped;
}

/** Swaps, drops or doubles a letter inside one plain word; names, numbers and addresses stay readable. */
function withWrongKey(random: Random, text: string): string {
  const words = [...text.matchAll(/(?<= )[a-z]{5,}(?= )/g)];
  if (words.length === 0) return text;
  const { 0: word, index } = random.pick(words);
  const at = random.between(1, word.length - 3);
  const [one, other] = [word.slice(at, at + 1), word.slice(at + 1, at + 2)];
  const typed = random.pick([other + one, other + one, other, one + one + other]);
  return text.slice(0, index) + word.slice(0, at) + typed + word.slice(at + 2) + text.slice(index + word.length);
}

/** The habits of many who learned English later: lost articles, no contractions, a changed word order. */
export function asNonNative(random: Random, text: string): string {
  return text
    .replace(/\b(the|a|an) (?=[a-z])/g, (article) => (random.chance(0.35) ? '' : article))
    .replace(/\bdoesn't\b/g, 'do not')
    .replace(/\bdoes not\b/g, (words) => (random.chance(0.5) ? 'do not' : words))
    .replace(/\bcan't\b/gi, 'can not')
    .replace(/\bHow do I\b/g, 'How I can')
    .replace(/\bWhere can I\b/g, 'Where I can')
    .replace(/\bsince\b/g, (word) => (random.chance(0.3) ? 'from' : word))
    .replace(/\bwould like to\b/g, (words) => (random.chance(0.5) ? 'want' : words))
    .replace(/(^|[.!?] )([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** Typed with a thumb: no capitals, little punctuation, short words. */
export function asTyped(random: Random, text: string): string {
  const words = text
    .replace(/\bplease\b/gi, () => random.pick(['pls', 'please', 'plz']))
    .replace(/\byou\b/g, (word) => (random.chance(0.15) ? 'u' : word))
    .replace(/\b(don|doesn|can|isn)'t\b/g, '$1t')
    .replace(/\.$/, '');
  return random.chance(0.7) ? lowerCased(words) : words;
}

/** Lower case but for names, that is words with a capital inside a sentence; `I` becomes `i`. */
function lowerCased(text: string): string {
  return text
    .replace(/(^|[.!?]+ )([A-Z])(?=[a-z ])/g, (_, before: string, letter: string) => before + letter.toLowerCase())
    .replace(/\bI\b/g, 'i');
}

/** Shouts one of the words that matter. */
export function withShouting(random: Random, text: string): string {
  const word = random.pick(['nothing', 'every', 'again', 'not', 'all', 'still', 'never', 'always', 'half', 'wrong']);
  return text.replace(new RegExp(`\\b${word}\\b`), word.toUpperCase());
}
