import { z } from 'zod';
import { CATEGORIES, CATEGORY_TEXT } from '../../../domain/category.ts';
import { issueKeyOf, type Judgement, type Review } from '../../../domain/review.ts';
import { roleFor } from '../../../security/permissions.ts';
import { REVIEW_QUEUES, ReviewPage, type ReviewQueue } from '../../../ui/index.ts';
import { REVIEW_PATH, withQuery } from '../../../ui/links.ts';
import { reviewInsight, skipInsight, undoReview } from '../../commands/review-insight.ts';
import type { Deps } from '../../deps.ts';
import { type Endpoint, memberEndpoint } from '../../endpoint.ts';
import { badRequest, notFound } from '../../errors.ts';
import { currentSample } from '../../readers/draw-sample.ts';
import { numberParam, oneOfOr } from '../../readers/query-values.ts';
import { nextOfSample, nextPair, reviewed, reviewQueues } from '../../readers/review-queue.ts';
import { page, redirect } from '../../reply.ts';
import { correctInsight } from './correct-insight.ts';
import { issueNumber, judgementFields } from './judgement-fields.ts';
import { answerPair, undoPair } from './review-pairs.ts';

const access = roleFor('changeInsights');
const SOURCE = { random: 'random', unsure: 'lowConfidence' } as const;
const queueHref = (queue: ReviewQueue) => withQuery(REVIEW_PATH, { queue });

const queueName = z.enum(['random', 'unsure']);

const showReview = memberEndpoint({
  method: 'get',
  path: REVIEW_PATH,
  access,
  query: z.object({ queue: oneOfOr(REVIEW_QUEUES, 'random') }),
  handler:
    ({ storage, now }) =>
    async ({ organizationId, member, query: { queue }, shell }) => {
      const { sample, random, unsure, pairsLeft } = await reviewQueues(storage, organizationId, now());
      const insight = queue === 'random' ? random?.insight : unsure.insight;
      const pair = queue === 'pairs' ? await nextPair(storage, organizationId, sample, member.role) : null;
      const areas = (await storage.taxonomies.current(organizationId)).productAreas.map(({ name }) => name);
      const item =
        queue !== 'pairs' && insight
          ? { insight, areas, ...(await reviewed(storage, organizationId, insight, member.role)) }
          : null;
      return page(
        ReviewPage({
          shell: await shell(),
          queue,
          left: { random: random?.left ?? 0, unsure: unsure.left, pairs: pairsLeft },
          item,
          pair,
          undo: await undoOf(storage, organizationId, member.email, queue, now()),
          anything: sample.frame > 0,
        }),
      );
    },
});

/** The form that takes back what a member did last in a queue. */
async function undoOf(storage: Deps['storage'], organizationId: string, by: string, queue: ReviewQueue, now: Date) {
  if (queue !== 'pairs') {
    const last = await storage.reviews.latestOf(organizationId, by, [SOURCE[queue]]);
    if (!last) return null;
    const conversation = await storage.conversations.get(organizationId, last.conversationId);
    return {
      action: `${REVIEW_PATH}/undo`,
      fields: { queue, reviewId: last.reviewId },
      text: wordsOf(last, conversation?.number),
    };
  }
  const sample = await currentSample(storage, organizationId, now);
  const place = sample.pairs.findLastIndex((pair) => pair.answer !== null && pair.by === by);
  const answer = sample.pairs[place]?.answer;
  if (!answer) return null;
  const fields = { week: sample.week, place: String(place) };
  return { action: `${REVIEW_PATH}/pairs/undo`, fields, text: `Your last answer: ${answer}.` };
}

/** `number` is the conversation's, by which people know it; one that is gone has none. */
function wordsOf({ verdict, after }: Review, number: number | undefined): string {
  const what = after ? `${verdict} as ${CATEGORY_TEXT[after.category].one.toLowerCase()}` : 'skipped';
  return `Conversation${number === undefined ? '' : ` #${number}`}: ${what}.`;
}

const answerReview = memberEndpoint({
  method: 'post',
  path: REVIEW_PATH,
  access,
  body: z
    .object({
      queue: queueName,
      integrationId: z.string().min(1).max(100),
      conversationId: numberParam,
      issue: issueNumber,
      action: z.enum(['judge', 'skip']),
      category: z.enum(CATEGORIES).optional(),
    })
    .extend(judgementFields),
  handler:
    (deps) =>
    async ({ organizationId, member, body }) => {
      const { queue, action, category, productArea, severity, ...key } = body;
      const who = { by: member.email, source: SOURCE[queue] };
      const { storage, now } = deps;
      const sample = queue === 'random' ? await currentSample(storage, organizationId, now()) : null;
      const place = sample?.members.findIndex((one) => issueKeyOf(one) === issueKeyOf(key)) ?? -1;
      if (sample && place === -1) throw notFound();
      if (action === 'judge') {
        if (!category) throw badRequest();
        const judgement: Judgement = { category, productArea, severity };
        if (!(await reviewInsight(deps, organizationId, who, key, judgement))) throw notFound();
      } else if (!(await skipInsight(deps, organizationId, who, key))) throw notFound();
      if (sample) await noteAsked(deps, organizationId, sample.week, place, action === 'skip');
      return redirect(queueHref(queue));
    },
});

/** Counts a member of the sample as asked about; at the end, those too that were judged elsewhere before their turn. */
async function noteAsked({ storage }: Deps, organizationId: string, week: string, place: number, skipped: boolean) {
  await storage.reviewSamples.noteAsked(organizationId, week, place, skipped);
  const sample = await storage.reviewSamples.get(organizationId, week);
  if (!sample || (await nextOfSample(storage, organizationId, sample))) return;
  await storage.reviewSamples.noteAsked(organizationId, week, sample.members.length - 1, false);
}

const undoAnswer = memberEndpoint({
  method: 'post',
  path: `${REVIEW_PATH}/undo`,
  access,
  body: z.object({ queue: queueName, reviewId: z.string().min(1).max(100) }),
  handler:
    (deps) =>
    async ({ organizationId, member, body: { queue, reviewId } }) => {
      const review = await undoReview(deps, organizationId, member.email, reviewId);
      if (!review) throw notFound();
      if (queue === 'random' && review.verdict === 'skipped') {
        const sample = await currentSample(deps.storage, organizationId, deps.now());
        const place = sample.members.findIndex((one) => issueKeyOf(one) === issueKeyOf(review));
        if (place !== -1) await deps.storage.reviewSamples.unskip(organizationId, sample.week, place);
      }
      return redirect(queueHref(queue), { kind: 'info', text: 'Taken back.' });
    },
});

export const reviewEndpoints: readonly Endpoint[] = [
  showReview,
  answerReview,
  undoAnswer,
  answerPair,
  undoPair,
  correctInsight,
];
