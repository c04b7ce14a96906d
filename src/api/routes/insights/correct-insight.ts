import { z } from 'zod';
import { CATEGORIES } from '../../../domain/category.ts';
import { roleFor } from '../../../security/permissions.ts';
import { conversationHref } from '../../../ui/links.ts';
import { reviewInsight } from '../../commands/review-insight.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { numberParam } from '../../readers/query-values.ts';
import { redirect } from '../../reply.ts';
import { issueNumber, judgementFields } from './judgement-fields.ts';

/** From a conversation's own page. */
export const correctInsight = memberEndpoint({
  method: 'post',
  path: '/conversations/:conversationId/insight',
  access: roleFor('changeInsights'),
  params: z.object({ conversationId: numberParam }),
  body: z.object({ issue: issueNumber, category: z.enum(CATEGORIES, 'Choose a category.') }).extend(judgementFields),
  handler:
    (deps) =>
    async ({ organizationId, member, params: { conversationId }, body: { issue, ...judgement } }) => {
      const insight = (await deps.storage.insights.ofConversation(organizationId, conversationId)).find(
        (one) => one.issue === issue,
      );
      if (!insight) throw notFound();
      const key = { integrationId: insight.integrationId, conversationId, issue };
      const review = await reviewInsight(deps, organizationId, { by: member.email, source: 'page' }, key, judgement);
      if (!review) throw notFound();
      const text = review.verdict === 'confirmed' ? 'Confirmed.' : 'Corrected: it holds for later runs too.';
      return redirect(conversationHref(conversationId), { kind: 'success', text });
    },
});
