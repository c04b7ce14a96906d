import type { Severity } from '../domain/category.ts';

/**
 * Stated rules for bugs, the first that matches wins; `medium` without a match. A word counts wherever it stands: the
 * rules would rather rank a mild bug too high than bury a grave one.
 */
const RULES: readonly (readonly [Severity, readonly RegExp[]])[] = [
  [
    'critical',
    [
      /\b(?:lost|losing|lose|deleted|wiped|erased|overwrote|overwritten|corrupt(?:ed|s)?|vanished|disappeared) (?:\w+ ){0,4}?(?:data|work|records?|files?|projects?|customers?|contacts?|notes?|invoices?|entries|history|everything)\b/,
      /\b(?:data|work|records?|files?|projects?|customers?|contacts?|notes?|invoices?|entries|history|everything) (?:\w+ ){0,4}?(?:lost|deleted|wiped|erased|overwritten|corrupt(?:ed)?|vanished|disappeared|gone)\b/,
      /\bdata loss\b|\b(?:privacy|data|security) (?:problem|breach|leak)\b|\bsecurity (?:hole|issue|vulnerability)\b/,
      /\b(?:another|other|wrong|different) (?:customer|client|user|company|person|account)(?:'s|s'|s)? (?:data|details|invoices?|messages?|information|records?)\b/,
      /\b(?:wrong|another|different) (?:customer|client|recipient)\b/,
      /\b(?:charged|billed|debited) (?:\w+ ){0,3}?(?:twice|double|again|two times|three times)\b|\bdouble[- ](?:charged|billed)\b/,
      /\b(?:outage|production (?:is )?down|(?:site|system|service|server|app|everything|platform) (?:is|has been|went) (?:completely |totally )?down)\b/,
      /\b(?:nobody|no one|none of us|entire (?:team|company)|whole (?:team|company|office)|all (?:of )?(?:our|my) (?:users|customers|staff|agents))\b/,
    ],
  ],
  [
    'high',
    [
      /\b(?:can ?not|can't|cannot|unable to|couldn't) (?:\w+ ){0,2}?(?:log ?in|sign in|work|access|open|pay|send|save|use|start)\b/,
      /\b(?:blocked|blocking|blocker|urgent(?:ly)?|asap|critical|emergency|unusable|showstopper|deadline|at a standstill)\b/,
      /\b(?:crash(?:es|ed|ing)?|freez(?:es|ing)|won't (?:start|open|load)|(?:every|each) (?:single )?time|logged out)\b/,
      /\b(?:fails?|failed|broken|not working|stopped working) (?:\w+ ){0,2}?(?:completely|entirely|for everyone)\b|\bcompletely (?:broken|unusable)\b/,
    ],
  ],
  [
    'low',
    [
      /\b(?:typo|cosmetic|minor|tiny|small (?:bug|issue|thing|glitch)|misaligned|alignment|font|colou?rs?|icon|spelling|wording|tooltip|not urgent|no rush|low priority|nitpick)\b/,
    ],
  ],
];

/** How bad a bug sounds in its customers' own words. */
export function severityOf(text: string): Severity {
  const plain = text.toLowerCase().replaceAll('’', "'");
  return RULES.find(([, patterns]) => patterns.some((pattern) => pattern.test(plain)))?.[0] ?? 'medium';
}
