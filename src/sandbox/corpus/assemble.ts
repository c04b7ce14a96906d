import type { Category } from '../../domain/category.ts';
import type { CorpusLine } from './corpus-line.ts';
import type { Curve, Issue, MailboxName, OneOff } from './issue.ts';
import type { Person } from './people/people.ts';
import { createDeck, type Random } from './prng.ts';
import { repliesTo } from './replies.ts';
import { createSlots, fillSlots } from './slots.ts';
import { startTime } from './timeline.ts';
import { asTyped } from './voice/touches.ts';
import { type Matter, pickVoice, speak, type Voice } from './voice/voices.ts';

/** A conversation before it has its id, with what it is really about. */
export interface Draft {
  issue: string;
  category: Category;
  createdAt: Date;
  line: Omit<CorpusLine, 'id'>;
}

export interface AssembleDeps {
  random: Random;
  now: Date;
  /** Who writes next. */
  nextPerson(): Person;
}

const MISROUTED = 0.08;
/** Even the shortest phrasing has enough voices and slots for its turns; more tries mean a mistake in the data. */
const MAX_TRIES = 50;

/** All conversations about one issue, no two with the same text. */
export function assembleIssue(deps: AssembleDeps, issue: Issue): Draft[] {
  const { random } = deps;
  const [nextPhrasing, nextSubject] = [createDeck(random, issue.phrasings), createDeck(random, issue.subjects)];
  const texts = new Set<string>();
  return Array.from({ length: issue.count }, () => {
    const person = deps.nextPerson();
    const slots = createSlots(random, person);
    const phrasing = fillSlots(nextPhrasing(), slots);
    const matter: Matter = {
      category: issue.category,
      core: phrasing,
      details: issue.details.map((detail) => fillSlots(detail, slots)),
      slots,
    };
    const { text, voice } = tellAnew(random, matter, person, texts);
    const subject = subjectInVoice(random, fillSlots(nextSubject(), slots), voice);
    return draft(deps, { issue, curve: issue.curve ?? 'usual', mailbox: issue.mailbox, person, slots, text, subject });
  });
}

/** The one conversation about a matter that came up once. */
export function assembleOneOff(deps: AssembleDeps, oneOff: OneOff): Draft {
  const { random } = deps;
  const person = deps.nextPerson();
  const slots = createSlots(random, person);
  const matter: Matter = { category: oneOff.category, core: oneOff.text, details: [], slots };
  const text = speak(random, random.pick<Voice>(['plain', 'plain', 'terse', 'polite']), matter, person);
  const issue = {
    ...oneOff,
    replies: oneOff.reply === undefined ? [] : [oneOff.reply],
    more: [],
    thanks: oneOff.thanks === undefined ? [] : [oneOff.thanks],
  };
  return draft(deps, { issue, curve: 'usual', mailbox: oneOff.mailbox, person, slots, text, subject: oneOff.subject });
}

function tellAnew(random: Random, matter: Matter, person: Person, texts: Set<string>) {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const voice = pickVoice(random, matter, person);
    const text = speak(random, voice, matter, person);
    if (!texts.has(text)) {
      texts.add(text);
      return { text, voice };
    }
  }
  throw new Error(`No new way to say: ${matter.core}`);
}

function subjectInVoice(random: Random, subject: string, voice: Voice): string {
  if (voice === 'forwarded') return `Fwd: ${subject}`;
  if (voice === 'angry' && random.chance(0.3))
    return random.pick([`URGENT: ${subject}`, subject.toUpperCase(), `${subject}!!!`]);
  if (voice === 'mobile') return random.chance(0.25) ? '(no subject)' : asTyped(random, subject);
  return subject;
}

interface DraftParts {
  issue: Pick<Issue, 'key' | 'category' | 'replies' | 'more' | 'thanks' | 'notes'>;
  curve: Curve;
  mailbox: MailboxName;
  person: Person;
  slots: Record<string, string>;
  text: string;
  subject: string;
}

function draft({ random, now }: AssembleDeps, parts: DraftParts): Draft {
  const { issue, person, slots, text, subject } = parts;
  const createdAt = startTime(random, parts.curve, now);
  const later = repliesTo({ random, now }, { issue, person, slots, startedAt: createdAt });
  const line = {
    text,
    subject,
    customerEmail: person.email,
    createdAt: createdAt.toISOString(),
    mailbox: random.chance(MISROUTED) ? 'Support' : parts.mailbox,
    threads: [{ type: 'customer' as const, text, createdAt: createdAt.toISOString(), from: person.email }, ...later],
  };
  return { issue: issue.key, category: issue.category, createdAt, line };
}
