import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { ChoosePatternPage } from '../../../ui/index.ts';
import { patternHref } from '../../../ui/links.ts';
import { openPattern } from '../../commands/patterns/decide.ts';
import { moveConversation, splitPattern } from '../../commands/patterns/split-pattern.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { choosablePatterns } from '../../readers/choosable-patterns.ts';
import { memberText } from '../../readers/pattern-member.ts';
import { idParam, numberParam, queryText, repeated } from '../../readers/query-values.ts';
import { page } from '../../reply.ts';
import { answerDecision } from './answer.ts';

const access = roleFor('changeInsights');
const params = z.object({ patternId: idParam });

const split = memberEndpoint({
  method: 'post',
  path: '/patterns/:patternId/split',
  access,
  params,
  body: z.object({ members: repeated(memberText), into: queryText, title: queryText, reason: queryText }),
  handler:
    (deps) =>
    ({ organizationId, member, params: { patternId }, body: { members, into, title, reason } }) =>
      answerDecision(
        splitPattern(
          deps,
          { organizationId, by: member.email, reason },
          { patternId, members: members.flatMap((one) => one ?? []), to: into === '' ? null : into, title },
        ),
        patternHref(patternId),
      ),
});

const moveParams = params.extend({ conversationId: numberParam });
const issue = z.coerce.number().int().nonnegative().max(1000).catch(0);

const chooseTarget = memberEndpoint({
  method: 'get',
  path: '/patterns/:patternId/move/:conversationId',
  access,
  params: moveParams,
  query: z.object({ issue, q: queryText }),
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { patternId, conversationId }, query: { issue, q }, shell }) => {
      const pattern = await openPattern({ storage }, organizationId, patternId);
      const found = await storage.insights.getMany(organizationId, pattern.integrationId, [conversationId]);
      const insight = found.find((one) => one.issue === issue);
      if (!insight) throw notFound();
      const moved = { conversationId, issue, subject: insight.subject };
      const rows = (await choosablePatterns(storage, pattern, q)).map((row) => ({ ...row, apart: false }));
      return page(ChoosePatternPage({ shell: await shell(), pattern, moved, q, rows }));
    },
});

const move = memberEndpoint({
  method: 'post',
  path: '/patterns/:patternId/move/:conversationId',
  access,
  params: moveParams,
  body: z.object({ issue, into: queryText, reason: queryText }),
  handler:
    (deps) =>
    ({ organizationId, member: { email }, params: { patternId, conversationId }, body: { issue, into, reason } }) =>
      answerDecision(
        moveConversation(
          deps,
          { organizationId, by: email, reason },
          { patternId, member: { conversationId, issue }, to: into },
        ),
        patternHref(patternId),
      ),
});

export const splitEndpoints = [split, chooseTarget, move];
