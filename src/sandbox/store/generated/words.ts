import { AGENTS } from '../../corpus/people/agents.ts';
import type { Person as CorpusPerson } from '../../corpus/people/people.ts';
import type { Random } from '../../corpus/prng.ts';
import { createSlots, fillSlots } from '../../corpus/slots.ts';
import { AGENT_GREETINGS, AGENT_MORE, AGENT_SIGN_OFFS, AGENT_THANKS } from '../../corpus/voice/agent-phrases.ts';
import { signature } from '../../corpus/voice/signatures.ts';
import type { Outline } from './outline.ts';

const NOTES = [
  'Looks like what others had this week.',
  'Asked the developers, waiting for them.',
  'Same account as before.',
];

/** What is said in one generated conversation: the subject first, then text by text. */
export function createWords(random: Random, { issue }: Pick<Outline, 'issue'>, person: CorpusPerson) {
  const slots = createSlots(random, person);
  const subject = fillSlots(random.pick(issue.subjects), slots);
  const filled = (texts: readonly string[]) => fillSlots(random.pick(texts), slots);
  const answers = [...issue.more, ...issue.thanks].map((answer) => (typeof answer === 'string' ? answer : answer.text));
  let replies = 0;

  return {
    subject,
    opening(): string {
      const details = issue.details.filter(() => random.chance(0.2)).map((detail) => fillSlots(detail, slots));
      const end = signature(random, person);
      return [[filled(issue.phrasings), ...details].join(' '), ...(end === '' ? [] : [end])].join('\n\n');
    },
    fromCustomer: (): string => (answers.length > 0 ? filled(answers) : 'Any news on this?'),
    fromAgent(): string {
      const texts =
        replies === 0 && issue.replies.length > 0 ? issue.replies : [...AGENT_MORE[issue.category], ...AGENT_THANKS];
      replies += 1;
      const greeting = random.pick(AGENT_GREETINGS).replace('{first}', person.firstName);
      const agent = random.pick(AGENTS).firstName;
      return `${greeting}\n\n${filled(texts)}\n\n${random.pick(AGENT_SIGN_OFFS).replace('{agent}', agent)}`;
    },
    note: (): string => filled(issue.notes ?? NOTES),
  };
}

export type Words = ReturnType<typeof createWords>;
