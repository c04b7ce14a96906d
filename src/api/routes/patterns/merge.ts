import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { ChoosePatternPage } from '../../../ui/index.ts';
import { patternHref } from '../../../ui/links.ts';
import { openPattern } from '../../commands/patterns/decide.ts';
import { keepApart, mergePatterns } from '../../commands/patterns/merge-patterns.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { choosablePatterns } from '../../readers/choosable-patterns.ts';
import { idParam, queryText } from '../../readers/query-values.ts';
import { page } from '../../reply.ts';
import { answerDecision } from './answer.ts';

const access = roleFor('changeInsights');
const params = z.object({ patternId: idParam });

const chooseTarget = memberEndpoint({
  method: 'get',
  path: '/patterns/:patternId/merge',
  access,
  params,
  query: z.object({ q: queryText }),
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { patternId }, query: { q }, shell }) => {
      const pattern = await openPattern({ storage }, organizationId, patternId);
      const rows = await choosablePatterns(storage, pattern, q);
      return page(ChoosePatternPage({ shell: await shell(), pattern, moved: null, q, rows }));
    },
});

const merge = memberEndpoint({
  method: 'post',
  path: '/patterns/:patternId/merge',
  access,
  params,
  body: z.object({ into: queryText, reason: queryText, despite: queryText }),
  handler:
    (deps) =>
    ({ organizationId, member, params: { patternId }, body: { into, reason, despite } }) =>
      answerDecision(
        mergePatterns(
          deps,
          { organizationId, by: member.email, reason },
          { patternId, into, despite: despite === 'yes' },
        ),
        `${patternHref(patternId)}/merge`,
      ),
});

const notTheSame = memberEndpoint({
  method: 'post',
  path: '/patterns/:patternId/keep-apart',
  access,
  params,
  body: z.object({ other: queryText, reason: queryText }),
  handler:
    (deps) =>
    ({ organizationId, member, params: { patternId }, body: { other, reason } }) =>
      answerDecision(
        keepApart(deps, { organizationId, by: member.email, reason }, { patternId, other }),
        patternHref(patternId),
      ),
});

export const mergeEndpoints = [chooseTarget, merge, notTheSame];
