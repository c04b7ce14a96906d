import type { Category } from '../../../domain/category.ts';
import type { Person } from '../people/people.ts';
import type { Random } from '../prng.ts';
import {
  ANGRY_CLOSINGS,
  ANGRY_OPENERS,
  ASIDES,
  CLOSINGS,
  FORMAL_GREETINGS,
  FORWARD_INTROS,
  GREETINGS,
  NON_NATIVE_CLOSINGS,
  NON_NATIVE_OPENERS,
  POLITE_CLOSINGS,
  POLITE_OPENERS,
  RAMBLING_OPENERS,
  RAMBLING_TAILS,
  TECHNICAL_NOTES,
} from './phrases.ts';
import { fullSignature, signature } from './signatures.ts';
import { asNonNative, asTyped, withShouting, withTypos } from './touches.ts';

/** What a first mail is made of, slots filled. `details` may all be left out. */
export interface Matter {
  category: Category;
  core: string;
  details: string[];
  slots: Record<string, string>;
}

const VOICES = {
  plain(random: Random, { category, core, details }: Matter, person: Person) {
    const greeting = random.chance(0.75) ? random.pick(GREETINGS) : '';
    const body = [core, ...some(random, details, 0.55)];
    if (random.chance(0.4)) body.push(random.pick(CLOSINGS[category]));
    return paragraphs(greeting, ...split(random, body), aside(random), signature(random, person));
  },
  terse(random: Random, { core, details }: Matter) {
    return paragraphs(running([core, ...some(random, details, 0.25)]));
  },
  polite(random: Random, { core, details }: Matter, person: Person) {
    const opener = random.chance(0.65) ? random.pick(POLITE_OPENERS) : '';
    const body = [core, ...some(random, details, 0.6)];
    return paragraphs(
      random.pick(random.chance(0.5) ? FORMAL_GREETINGS : GREETINGS),
      opener,
      ...split(random, body),
      aside(random),
      random.pick(POLITE_CLOSINGS),
      fullSignature(random, person),
    );
  },
  angry(random: Random, { category, core, details }: Matter, person: Person) {
    const body = [random.pick(ANGRY_OPENERS[category]), core, ...some(random, details, 0.5)];
    const text = withShouting(random, running(body));
    return paragraphs(
      text,
      random.chance(0.7) ? random.pick(ANGRY_CLOSINGS) : '',
      random.chance(0.6) ? person.firstName : '',
    );
  },
  rambling(random: Random, { core, details }: Matter, person: Person) {
    const middle = running([core, ...random.shuffled(details).slice(0, 2)]);
    const tail = random.chance(0.6) ? random.pick(RAMBLING_TAILS) : '';
    return paragraphs(
      random.pick(GREETINGS),
      random.pick(RAMBLING_OPENERS),
      middle,
      tail,
      aside(random, 0.35),
      fullSignature(random, person),
    );
  },
  technical(random: Random, { category, core, details, slots }: Matter, person: Person) {
    const notes = random.shuffled(TECHNICAL_NOTES[category]).slice(0, random.between(1, 2));
    const filled = notes.map((note) => note.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? ''));
    return paragraphs(
      random.chance(0.5) ? random.pick(GREETINGS) : '',
      running([core, ...some(random, details, 0.4)]),
      filled.join('\n'),
      signature(random, person),
    );
  },
  nonNative(random: Random, { core, details }: Matter, person: Person) {
    const opener = random.chance(0.5) ? random.pick(NON_NATIVE_OPENERS) : '';
    const body = asNonNative(random, running([core, ...some(random, details, 0.5)]));
    const closing = random.chance(0.6) ? random.pick(NON_NATIVE_CLOSINGS) : '';
    return paragraphs(
      random.pick([...GREETINGS, ...FORMAL_GREETINGS]),
      opener,
      body,
      closing,
      fullSignature(random, person),
    );
  },
  mobile(random: Random, { core, details }: Matter, person: Person) {
    const text = asTyped(random, running([core, ...some(random, details, 0.2)]));
    const device = person.phone.startsWith('iPhone') ? 'iPhone' : 'Android phone';
    return paragraphs(text, random.chance(0.6) ? `Sent from my ${device}` : '');
  },
  forwarded(random: Random, { core, details, slots }: Matter, person: Person) {
    const { colleague = '' } = slots;
    const intro = random.pick(FORWARD_INTROS).replace('{colleague}', colleague);
    const inner = running([core, ...some(random, details, 0.5)]);
    return paragraphs(
      intro,
      intro === '' ? '' : person.firstName,
      `---------- Forwarded message ----------\nFrom: ${colleague} (${person.company.name})\nTo: ${person.firstName} ${person.lastName}`,
      `Hi ${person.firstName},`,
      inner,
      colleague,
    );
  },
};
export type Voice = keyof typeof VOICES;

const LONG_CORE = 110;
const SHORT_CORE_VOICES: Voice[] = ['terse', 'terse', 'mobile', 'mobile', 'mobile', 'plain', 'angry', 'nonNative'];
const LONG_CORE_VOICES: Voice[] = [
  ...Array.from({ length: 7 }, (): Voice => 'plain'),
  'polite',
  'polite',
  'polite',
  'terse',
  'angry',
  'rambling',
  'rambling',
  'technical',
  'mobile',
  'forwarded',
];

/** Chooses a voice that suits what is to be said, and who says it. */
export function pickVoice(random: Random, { category, core }: Matter, person: Person): Voice {
  if (!person.native && random.chance(0.25)) return 'nonNative';
  const voice = random.pick(core.length < LONG_CORE ? SHORT_CORE_VOICES : LONG_CORE_VOICES);
  const outOfPlace =
    (voice === 'nonNative' && person.native) || (voice === 'angry' && category !== 'bug' && random.chance(0.6));
  return outOfPlace ? 'plain' : voice;
}

/** The text of a first mail in `voice`. */
export function speak(random: Random, voice: Voice, matter: Matter, person: Person): string {
  const text = VOICES[voice](random, matter, person);
  return person.careless && voice !== 'forwarded' ? withTypos(random, text) : text;
}

function some(random: Random, details: string[], probability: number): string[] {
  return random
    .shuffled(details)
    .slice(0, 2)
    .filter((_, index) => random.chance(probability / (index + 1)));
}

/** The sentences as one paragraph or, now and then, two. */
function split(random: Random, sentences: string[]): string[] {
  const [first = '', ...rest] = sentences;
  return rest.length > 0 && random.chance(0.4) ? [first, running(rest)] : [running(sentences)];
}

function aside(random: Random, probability = 0.13): string {
  return random.chance(probability) ? random.pick(ASIDES) : '';
}

/** Sentences in a row; one that was left without its full stop gets it where another follows. */
function running(sentences: string[]): string {
  return sentences
    .map((sentence, index) => (index < sentences.length - 1 && /\w$/.test(sentence) ? `${sentence}.` : sentence))
    .join(' ');
}

function paragraphs(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
