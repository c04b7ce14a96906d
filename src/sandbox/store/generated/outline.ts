import type { Issue } from '../../corpus/issue.ts';
import { ISSUES } from '../../corpus/issues/all-issues.ts';
import type { Random } from '../../corpus/prng.ts';
import { floorToSecond } from '../../http/time.ts';
import { isReplyType } from '../activity.ts';
import type { AUTHOR_TYPES, ConversationStatus, ConversationType, ThreadType } from '../model.ts';
import { randomOf } from './random-of.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SPREAD_MS = 365 * DAY_MS;
const LONGEST_MS = 6 * DAY_MS;
export const MOST_THREADS = 8;
export const TAGS = ['vip', 'trial', 'partner', 'follow-up', 'refund', 'api', 'mobile-app', 'onboarding'];

interface ThreadPlan {
  type: ThreadType;
  by: (typeof AUTHOR_TYPES)[number];
  atMs: number;
}

/** What a generated conversation is, but for its words: cheap enough to work out for every conversation at the start. */
export interface Outline {
  issue: Issue;
  type: ConversationType;
  createdAtMs: number;
  /** Position among the generated customers. */
  customer: number;
  /** Which of the agents has it, as the directory counts them. */
  agent: number;
  status: ConversationStatus;
  tags: string[];
  hasAttachment: boolean;
  /** Oldest first. */
  threads: ThreadPlan[];
}

export interface OutlineOptions {
  seed: number;
  /** How many conversations, and customers, the account has. */
  count: number;
  customers: number;
  referenceMs: number;
}

export function outlineOf({ seed, count, customers, referenceMs }: OutlineOptions, position: number): Outline {
  const random = randomOf(seed, position, 'outline');
  const createdAtMs = floorToSecond(referenceMs - SPREAD_MS + ((position + random.next()) / count) * SPREAD_MS);
  const kind = random.next();
  const type = kind < 0.04 ? 'chat' : kind < 0.05 ? 'phone' : 'email';
  const threadCount =
    type === 'chat' ? random.between(3, MOST_THREADS) : 1 + Math.floor(random.next() ** 2 * MOST_THREADS);
  const spanMs = Math.min(referenceMs - createdAtMs, (type === 'chat' ? DAY_MS / 24 : LONGEST_MS) * random.next());
  const threads = threadsOf(random, type, threadCount);
  for (const [index, thread] of threads.entries()) {
    thread.atMs = floorToSecond(createdAtMs + (spanMs * index) / threadCount);
  }
  const isAnswered = threads.findLast((thread) => isReplyType(thread.type))?.by !== 'customer';
  return {
    issue: random.pick(ISSUES),
    type,
    createdAtMs,
    customer: random.between(0, customers - 1),
    agent: random.between(0, 2),
    status: statusOf(random, isAnswered, threadCount),
    tags: TAGS.filter(() => random.chance(0.08)),
    hasAttachment: random.chance(0.05),
    threads,
  };
}

const FIRST = { email: 'customer', chat: 'beaconchat', phone: 'phone' } as const;

/** Who says what in turn; when, is not said yet. */
function threadsOf(random: Random, type: ConversationType, count: number): ThreadPlan[] {
  const threads: ThreadPlan[] = [plan(FIRST[type], 'customer')];
  let turn: 'customer' | 'user' = 'user';
  while (threads.length < count) {
    const chance = random.next();
    if (type !== 'chat' && chance < 0.1) threads.push(plan('note', 'user'));
    else if (chance < 0.15) threads.push(plan('lineitem', random.chance(0.5) ? 'system_user' : 'user'));
    else {
      threads.push(turnPlan(random, type, turn));
      turn = turn === 'user' ? 'customer' : 'user';
    }
  }
  return threads;
}

/** Some chats are answered by the assistant. */
function turnPlan(random: Random, type: ConversationType, turn: 'customer' | 'user'): ThreadPlan {
  if (type === 'chat') return plan('beaconchat', turn === 'user' && random.chance(0.3) ? 'system_user' : turn);
  return plan(turn === 'user' ? 'message' : 'customer', turn);
}

function plan(type: ThreadType, by: ThreadPlan['by']): ThreadPlan {
  return { type, by, atMs: 0 };
}

function statusOf(random: Random, isAnswered: boolean, threadCount: number): ConversationStatus {
  const chance = random.next();
  if (isAnswered) return chance < 0.8 ? 'closed' : 'pending';
  if (threadCount === 1 && chance > 0.97) return 'spam';
  return chance < 0.4 ? 'active' : 'closed';
}
