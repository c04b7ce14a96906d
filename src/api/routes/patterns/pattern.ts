import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { settlePatterns } from '../../../storage/settle-patterns.ts';
import { PatternPage } from '../../../ui/index.ts';
import { patternHref } from '../../../ui/links.ts';
import { openPattern } from '../../commands/patterns/decide.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { insightRows } from '../../readers/insight-rows.ts';
import { reportsByDay } from '../../readers/insights-list.ts';
import { patternHistory } from '../../readers/pattern-history.ts';
import { patternRows } from '../../readers/pattern-rows.ts';
import { idParam, queryText } from '../../readers/query-values.ts';
import { similarTo } from '../../readers/similar-patterns.ts';
import { page, redirect } from '../../reply.ts';

const CONVERSATIONS = 100;
const OTHERS = 50;

export const showPattern = memberEndpoint({
  method: 'get',
  path: '/patterns/:patternId',
  access: roleFor('seeInsights'),
  params: z.object({ patternId: idParam }),
  query: z.object({ changed: queryText }),
  handler:
    ({ storage }) =>
    async ({ organizationId, params, query, shell: makeShell }) => {
      const pattern = await openPattern({ storage }, organizationId, params.patternId);
      const { patternId, integrationId } = pattern;
      if (patternId !== params.patternId) return redirect(patternHref(patternId));
      // What an interrupted decision left undone is done before it is shown.
      await settlePatterns(storage, organizationId, integrationId);
      const shell = await makeShell();
      const now = await storage.patterns.getMany(organizationId, [patternId]);
      const [[row], reports, newest, history, similar, others] = await Promise.all([
        patternRows(storage, organizationId, now, shell.now),
        storage.insights.reports(organizationId, [patternId], pattern.firstReportedAt),
        storage.insights.list(organizationId, { patternId }, { limit: CONVERSATIONS }),
        patternHistory(storage, organizationId, patternId),
        similarTo(storage, organizationId, patternId),
        storage.patterns.search(organizationId, integrationId, '', OTHERS),
      ]);
      if (!row) throw notFound();
      const times = reports.map(({ reportedAt }) => reportedAt);
      const rows = await insightRows(storage, organizationId, newest.insights);
      return page(
        PatternPage({
          shell,
          pattern: row,
          trend: reportsByDay(times, pattern.firstReportedAt, shell),
          conversations: rows.map((one, index) => ({ ...one, issue: newest.insights[index]?.issue ?? 0 })),
          history,
          changed: history.find(({ changeId }) => changeId === query.changed) ?? null,
          similar,
          others: others.filter((other) => other.patternId !== patternId),
        }),
      );
    },
});
