import { customerThreads } from '../../domain/conversation.ts';
import { type IssueKey, issueKeyOf } from '../../domain/review.ts';
import type { ReviewSample } from '../../domain/review-sample.ts';
import { mayReadMessages, type Role } from '../../domain/roles.ts';
import type { Storage } from '../../storage/storage.ts';
import { currentSample } from './draw-sample.ts';

const DAY_MS = 86_400_000;
/** How far back the queue of undecided issues goes, and after how many days it asks again about a skipped one. */
const UNDECIDED_DAYS = 90;
const SKIPPED_DAYS = 30;

/** Reports from then on are in the queue of undecided issues. */
export const undecidedSince = (now: Date) => new Date(now.getTime() - UNDECIDED_DAYS * DAY_MS);

/** The next member of a random sample that nobody has judged or skipped; null at its end. */
export async function nextOfSample(storage: Storage, organizationId: string, sample: ReviewSample) {
  const cases = await storage.regressionCases.ofIssues(organizationId, sample.members);
  const open = sample.members
    .map((member, place) => ({ member, place }))
    .filter(({ member, place }) => !sample.skipped.includes(place) && !cases.has(issueKeyOf(member)));
  for (const { member, place } of open) {
    const insight = await storage.insights.issue(organizationId, member);
    // A conversation that is gone since, or has fewer issues now, cannot be judged.
    if (insight) return { insight, place, left: open.length };
  }
  return null;
}

/** The next issue that the classifier would not decide; null when there is none. */
async function nextUndecided(storage: Storage, organizationId: string, now: Date) {
  const since = undecidedSince(now);
  const skippedSince = new Date(now.getTime() - SKIPPED_DAYS * DAY_MS);
  const skipped = new Set(
    (await storage.reviews.skippedSince(organizationId, 'lowConfidence', skippedSince)).map(issueKeyOf),
  );
  const [found, all] = await Promise.all([
    storage.insights.undecided(organizationId, since, skipped.size + 1),
    storage.insights.countUndecided(organizationId, since),
  ]);
  const insight = found.find((one) => !skipped.has(issueKeyOf(one)));
  return { insight: insight ?? null, left: insight ? Math.max(1, all - skipped.size) : 0 };
}

/** What each queue of a page or a program asks next. */
export async function reviewQueues(storage: Storage, organizationId: string, now: Date) {
  const sample = await currentSample(storage, organizationId, now);
  const [random, unsure] = await Promise.all([
    nextOfSample(storage, organizationId, sample),
    nextUndecided(storage, organizationId, now),
  ]);
  const open = sample.pairs.filter(({ answer }) => answer === null).length;
  return { sample, random, unsure, pairsLeft: open };
}

/** An issue's conversation as a reviewer reads it: no private notes, and no text for who may not read it. */
export async function reviewed(storage: Storage, organizationId: string, { conversationId }: IssueKey, role: Role) {
  const conversation = await storage.conversations.get(organizationId, conversationId);
  const readable = conversation && mayReadMessages(role) ? conversation.threads : [];
  return {
    number: conversation?.number ?? conversationId,
    threads: readable.filter(({ type }) => type !== 'note' && type !== 'lineitem'),
  };
}

/** The first pair that nobody answered, with both of its conversations; null when there is none. */
export async function nextPair(storage: Storage, organizationId: string, sample: ReviewSample, role: Role) {
  for (const [place, { patternId, conversationIds, answer }] of sample.pairs.entries()) {
    if (answer !== null) continue;
    const [pattern, ...sides] = await Promise.all([
      storage.patterns.get(organizationId, patternId),
      ...conversationIds.map((conversationId) => pairSide(storage, organizationId, conversationId, role)),
    ]);
    const title = pattern?.title ?? 'that held them';
    return { week: sample.week, place, pattern: { patternId, title }, sides };
  }
  return null;
}

async function pairSide(storage: Storage, organizationId: string, conversationId: number, role: Role) {
  const [conversation, insight] = await Promise.all([
    storage.conversations.get(organizationId, conversationId),
    storage.insights.get(organizationId, conversationId),
  ]);
  const [first] = customerThreads(conversation?.threads ?? []);
  return {
    conversationId,
    number: conversation?.number ?? conversationId,
    subject: conversation?.subject ?? insight?.subject ?? '',
    summary: insight?.summary ?? '',
    text: mayReadMessages(role) ? (first?.text ?? '') : '',
  };
}
