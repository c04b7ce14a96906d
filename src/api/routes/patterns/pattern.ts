import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { PatternPage } from '../../../ui/index.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { insightRows } from '../../readers/insight-rows.ts';
import { reportsByDay } from '../../readers/insights-list.ts';
import { patternRows } from '../../readers/pattern-rows.ts';
import { idParam } from '../../readers/query-values.ts';
import { page } from '../../reply.ts';

const CONVERSATIONS = 100;

export const showPattern = memberEndpoint({
  method: 'get',
  path: '/patterns/:patternId',
  access: roleFor('seeInsights'),
  params: z.object({ patternId: idParam }),
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { patternId }, shell: makeShell }) => {
      const pattern = await storage.patterns.get(organizationId, patternId);
      if (!pattern) throw notFound();
      const shell = await makeShell();
      const [[row], reports, newest] = await Promise.all([
        patternRows(storage, organizationId, [pattern], shell.now),
        storage.insights.reports(organizationId, [patternId], pattern.firstReportedAt),
        storage.insights.list(organizationId, { patternId }, { limit: CONVERSATIONS }),
      ]);
      if (!row) throw notFound();
      const times = reports.map(({ reportedAt }) => reportedAt);
      return page(
        PatternPage({
          shell,
          pattern: row,
          trend: reportsByDay(times, pattern.firstReportedAt, shell),
          conversations: await insightRows(storage, organizationId, newest.insights),
        }),
      );
    },
});
