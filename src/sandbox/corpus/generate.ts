import type { Category } from '../../domain/category.ts';
import { API_AND_INTEGRATIONS } from './articles/api-integrations.ts';
import { BILLING_AND_ACCOUNT } from './articles/billing-account.ts';
import { USER_GUIDE } from './articles/user-guide.ts';
import { type AssembleDeps, assembleIssue, assembleOneOff } from './assemble.ts';
import type { Corpus } from './corpus-line.ts';
import { ISSUES } from './issues/all-issues.ts';
import { ONE_OFFS } from './issues/one-offs.ts';
import { createPeople, type Person } from './people/people.ts';
import { createDeck, createRandom, type Random } from './prng.ts';

export interface CorpusOptions {
  /** Another seed gives other people, words and times about the same issues. */
  seed?: number;
  /** The moment the inbox is looked at: conversations are of the 60 days before it. By default the present. */
  now?: Date;
}

/** What a conversation is really about. */
export interface CorpusLabel {
  issue: string;
  category: Category;
}

export interface LabelledCorpus {
  corpus: Corpus;
  /** By conversation id. */
  labels: Map<string, CorpusLabel>;
}

/**
 * The inbox and help articles of Brindlewick, a made-up maker of scheduling software for field crews. Conversations
 * are in order of time; the same options give the same corpus, byte for byte.
 */
export function generateCorpus(options: CorpusOptions = {}): Corpus {
  return generateLabelledCorpus(options).corpus;
}

/** The same corpus together with the truth about it, to measure against. */
export function generateLabelledCorpus({ seed = 1, now = new Date() }: CorpusOptions = {}): LabelledCorpus {
  const random = createRandom(seed);
  const deps: AssembleDeps = { random, now, nextPerson: createWriters(random, createPeople(random)) };
  const drafts = [
    ...ISSUES.flatMap((issue) => assembleIssue(deps, issue)),
    ...ONE_OFFS.map((oneOff) => assembleOneOff(deps, oneOff)),
  ].sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());

  const labels = new Map<string, CorpusLabel>();
  const conversations = drafts.map(({ line, issue, category }, index) => {
    const id = `brindlewick-${String(index + 1).padStart(4, '0')}`;
    labels.set(id, { issue, category });
    return { id, ...line };
  });
  const articles = [...USER_GUIDE, ...BILLING_AND_ACCOUNT, ...API_AND_INTEGRATIONS];
  return { corpus: { conversations, articles }, labels };
}

/** Everyone gets a turn, and a few people write often. */
function createWriters(random: Random, people: Person[]): () => Person {
  const anyone = createDeck(random, people);
  const regular = createDeck(random, random.shuffled(people).slice(0, 50));
  return () => (random.chance(0.25) ? regular() : anyone());
}
