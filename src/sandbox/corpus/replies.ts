import type { CorpusLine } from './corpus-line.ts';
import type { Answer, Issue } from './issue.ts';
import { AGENTS, type Agent } from './people/agents.ts';
import type { Person } from './people/people.ts';
import type { Random } from './prng.ts';
import { fillSlots } from './slots.ts';
import { agentTime, customerTime } from './timeline.ts';
import { AGENT_GREETINGS, AGENT_MORE, AGENT_SIGN_OFFS, AGENT_THANKS } from './voice/agent-phrases.ts';
import { asTyped, withTypos } from './voice/touches.ts';

type Thread = NonNullable<CorpusLine['threads']>[number];

interface Begun {
  issue: Pick<Issue, 'category' | 'replies' | 'more' | 'thanks' | 'notes'>;
  person: Person;
  slots: Record<string, string>;
  startedAt: Date;
}

/** How it goes on after a first reply, and how likely an agent writes once more; half of them end there. */
const TURNS = [{ kind: 'more', answered: 0.65 }, { kind: 'thanks', answered: 0.3 }, null, null] as const;

/** What was written after the first mail, in order of time; nothing of it lies after `now`. */
export function repliesTo({ random, now }: { random: Random; now: Date }, begun: Begun): Thread[] {
  const { issue, person, slots } = begun;
  const agent = random.pick(AGENTS);
  const threads: Thread[] = [];
  let last = begun.startedAt;
  const add = (type: Thread['type'], at: Date, text: string) => {
    threads.push({
      type,
      text: fillSlots(text, slots),
      createdAt: at.toISOString(),
      from: type === 'customer' ? person.email : agent.email,
    });
    last = at;
  };

  if (issue.notes !== undefined && random.chance(0.3)) add('note', agentTime(random, last), random.pick(issue.notes));
  if (issue.replies.length > 0 && random.chance(0.72)) {
    const reply = random.between(0, issue.replies.length - 1);
    add('message', agentTime(random, last), agentMail(random, agent, person, issue.replies[reply] ?? ''));
    const turn = random.pick(TURNS);
    const answers = turn === null ? [] : answersTo(reply, issue[turn.kind]);
    if (turn !== null && answers.length > 0) {
      add('customer', customerTime(random, last), customerMail(random, agent, person, random.pick(answers)));
      const ending = random.pick(turn.kind === 'more' ? AGENT_MORE[issue.category] : AGENT_THANKS);
      if (random.chance(turn.answered))
        add('message', agentTime(random, last), agentMail(random, agent, person, ending));
    }
  }
  // Times rise along the list, so this leaves off its end: what has not been answered yet.
  return threads.filter((thread) => (thread.createdAt ?? '') <= now.toISOString());
}

function answersTo(reply: number, answers: readonly Answer[]): string[] {
  return answers.flatMap((answer) => {
    if (typeof answer === 'string') return [answer];
    return answer.to === reply ? [answer.text] : [];
  });
}

function agentMail(random: Random, agent: Agent, person: Person, text: string): string {
  const greeting = random.pick(AGENT_GREETINGS).replace('{first}', person.firstName);
  return `${greeting}\n\n${text}\n\n${random.pick(AGENT_SIGN_OFFS).replace('{agent}', agent.firstName)}`;
}

function customerMail(random: Random, agent: Agent, person: Person, text: string): string {
  const written = person.careless ? withTypos(random, asTyped(random, text)) : text;
  const greeting = random.chance(0.35) ? `Hi ${agent.firstName},\n\n` : '';
  const name = random.chance(0.35) ? `\n\n${person.firstName}` : '';
  return `${greeting}${written}${name}`;
}
