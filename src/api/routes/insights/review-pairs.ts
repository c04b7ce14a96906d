import { z } from 'zod';
import { PAIR_ANSWERS } from '../../../domain/review-sample.ts';
import { roleFor } from '../../../security/permissions.ts';
import { REVIEW_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { redirect } from '../../reply.ts';

const access = roleFor('changeInsights');
const PAIRS = `${REVIEW_PATH}?queue=pairs`;
const pairPlace = { week: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), place: z.coerce.number().int().min(0).max(999) };

/** "Same issue?": what a person says about two conversations of a pattern. */
export const answerPair = memberEndpoint({
  method: 'post',
  path: `${REVIEW_PATH}/pairs`,
  access,
  body: z.object({ ...pairPlace, answer: z.enum(PAIR_ANSWERS) }),
  handler:
    ({ storage }) =>
    async ({ organizationId, member, body: { week, place, answer } }) => {
      const there = await storage.reviewSamples.answerPair(organizationId, week, place, answer, member.email);
      if (!there) throw notFound();
      return redirect(PAIRS);
    },
});

export const undoPair = memberEndpoint({
  method: 'post',
  path: `${REVIEW_PATH}/pairs/undo`,
  access,
  body: z.object(pairPlace),
  handler:
    ({ storage }) =>
    async ({ organizationId, member, body: { week, place } }) => {
      if (!(await storage.reviewSamples.answerPair(organizationId, week, place, null, member.email))) throw notFound();
      return redirect(PAIRS, { kind: 'info', text: 'Taken back.' });
    },
});
