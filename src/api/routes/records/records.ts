import { z } from 'zod';
import { type IssueRecord, RECORD_STATUSES, recordStatusSchema } from '../../../domain/pattern.ts';
import { mayReadMessages } from '../../../domain/roles.ts';
import { roleFor } from '../../../security/permissions.ts';
import { RecordPage, RecordsPage } from '../../../ui/index.ts';
import { recordHref, recordsPath } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { insightRows } from '../../readers/insight-rows.ts';
import { recordRows } from '../../readers/pattern-rows.ts';
import { numberParam, oneOfOr, queryCursor } from '../../readers/query-values.ts';
import { latestQuotes } from '../../readers/quotes.ts';
import { findRecords } from '../../readers/records-list.ts';
import { page, redirect } from '../../reply.ts';

const ROWS = 50;
const CONVERSATIONS = 100;
const params = z.object({ number: numberParam });
const query = z.object({ status: oneOfOr([...RECORD_STATUSES, 'open', 'all'], 'open'), before: queryCursor });

/** The three endpoints that bug reports and feature requests have alike. */
export const recordEndpoints = (kind: IssueRecord['kind']) => [
  memberEndpoint({
    method: 'get',
    path: recordsPath(kind),
    access: roleFor('seeInsights'),
    query,
    handler:
      ({ storage }) =>
      async ({ organizationId, query: filter, shell: makeShell }) => {
        const shell = await makeShell();
        const found = await findRecords(storage, organizationId, kind, filter, shell.now, ROWS);
        return page(RecordsPage({ shell, kind, filter, ...found }));
      },
  }),

  memberEndpoint({
    method: 'get',
    path: `${recordsPath(kind)}/:number`,
    access: roleFor('seeInsights'),
    params,
    handler:
      ({ storage }) =>
      async ({ organizationId, params: { number }, member, shell: makeShell }) => {
        const record = await storage.issueRecords.get(organizationId, kind, number);
        if (!record) throw notFound();
        const shell = await makeShell();
        const { patternId } = record;
        const [[row], pattern, newest] = await Promise.all([
          recordRows(storage, organizationId, [record], shell.now),
          storage.patterns.get(organizationId, patternId),
          storage.insights.list(organizationId, { patternId }, { limit: CONVERSATIONS }),
        ]);
        if (!row) throw notFound();
        const conversations = await insightRows(storage, organizationId, newest.insights);
        return page(
          RecordPage({
            shell,
            record: row,
            pattern: { patternId, title: pattern?.title ?? record.title },
            conversations,
            quotes: mayReadMessages(member.role) ? latestQuotes(newest.insights, conversations) : [],
          }),
        );
      },
  }),

  memberEndpoint({
    method: 'post',
    path: `${recordsPath(kind)}/:number/status`,
    access: roleFor('changeRecords'),
    params,
    body: z.object({ status: recordStatusSchema }),
    handler:
      ({ storage }) =>
      async ({ organizationId, params: { number }, body }) => {
        if (!(await storage.issueRecords.setStatus(organizationId, kind, number, body.status))) throw notFound();
        return redirect(recordHref({ kind, number }), { kind: 'success', text: 'The status is saved.' });
      },
  }),
];
