import {
  type IssueKey,
  type Judgement,
  judgedFields,
  type Review,
  type ReviewSource,
  saidSchema,
  verdictOf,
} from '../../domain/review.ts';
import { updatePatterns } from '../../storage/update-patterns.ts';
import type { Deps } from '../deps.ts';
import { RequestProblem } from '../errors.ts';
import { placeSoon } from './place-soon.ts';

type ReviewDeps = Pick<Deps, 'storage' | 'now'> & Partial<Pick<Deps, 'temporal'>>;

/**
 * Stores what a person says an issue is: who said it and what was there before, binding for every later run. Its pattern
 * is recounted before this resolves; one that has none yet gets one soon.
 * @returns null when there is no such issue
 */
export async function reviewInsight(
  deps: ReviewDeps,
  organizationId: string,
  { by, source }: { by: string; source: ReviewSource },
  key: IssueKey,
  judgement: Judgement,
): Promise<Review | null> {
  const { storage, now } = deps;
  const insight = await storage.insights.issue(organizationId, key);
  if (!insight) return null;
  const known = await storage.regressionCases.get(organizationId, key);
  const before = { ...saidSchema.parse(insight), review: insight.review };
  const said = known?.said ?? saidSchema.parse(insight);
  const verdict = verdictOf(said, judgement);
  const at = now();
  const review = await storage.reviews.add(organizationId, {
    ...key,
    ...{ source, by, at, verdict, before, after: judgement },
    contentHash: insight.contentHash,
  });
  // The binding first: a run that comes in between keeps it.
  await storage.regressionCases.put(organizationId, {
    ...key,
    reviewId: review.reviewId,
    judgement,
    verdict,
    said,
    by,
    at,
  });
  await storage.insights.setJudged(organizationId, key, judgedFields(judgement, verdict));
  if (insight.patternId) await updatePatterns(storage, organizationId, [insight.patternId]);
  else if (deps.temporal) await placeSoon(deps.temporal);
  return review;
}

/** Notes that somebody could not say; the queues ask about something else then. */
export async function skipInsight(
  { storage, now }: ReviewDeps,
  organizationId: string,
  { by, source }: { by: string; source: ReviewSource },
  key: IssueKey,
): Promise<Review | null> {
  const insight = await storage.insights.issue(organizationId, key);
  if (!insight) return null;
  const before = { ...saidSchema.parse(insight), review: insight.review };
  const { contentHash } = insight;
  return storage.reviews.add(organizationId, {
    ...key,
    ...{ source, by, at: now(), verdict: 'skipped', before, after: null, contentHash },
  });
}

/**
 * Takes a review back. When it was the last word on its issue, the word before it holds again, or what the classifier
 * had said.
 * @returns null when there is no such review, or it was taken back before
 * @throws RequestProblem 409 when somebody has judged the issue since
 */
export async function undoReview(
  deps: ReviewDeps,
  organizationId: string,
  by: string,
  reviewId: string,
): Promise<Review | null> {
  const { storage, now } = deps;
  const wanted = await storage.reviews.get(organizationId, reviewId);
  if (!wanted || wanted.undone) return null;
  const known = await storage.regressionCases.get(organizationId, wanted);
  if (wanted.after && known && known.reviewId !== reviewId) throw judgedSince();
  const review = await storage.reviews.undo(organizationId, reviewId, by, now());
  if (!review?.after) return review;
  const earlier = (await storage.reviews.ofIssue(organizationId, review)).find(
    ({ after, undone, at }) => after !== null && undone === null && at <= review.at,
  );
  const insight = await storage.insights.issue(organizationId, review);
  if (earlier?.after && earlier.verdict !== 'skipped' && known) {
    const { reviewId: id, after: judgement, verdict, by: who, at } = earlier;
    await storage.regressionCases.put(organizationId, { ...known, reviewId: id, judgement, verdict, by: who, at });
    await storage.insights.setJudged(organizationId, review, judgedFields(judgement, verdict));
  } else {
    await storage.regressionCases.remove(organizationId, review);
    const { outcome, category, productArea, severity } = known?.saidSince ?? known?.said ?? review.before;
    await storage.insights.setJudged(organizationId, review, {
      outcome,
      category,
      productArea,
      severity,
      review: 'none',
    });
  }
  if (insight?.patternId) await updatePatterns(storage, organizationId, [insight.patternId]);
  return review;
}

const judgedSince = () =>
  new RequestProblem({
    status: 409,
    code: 'judgedSince',
    sentence: 'Somebody has judged this issue since.',
    remedy: 'Open the conversation, and correct it there.',
  });
