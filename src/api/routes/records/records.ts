import { z } from 'zod';
import { RECORD_STATUSES, type RecordKind } from '../../../domain/issue-record.ts';
import { roleFor } from '../../../security/permissions.ts';
import { RecordPage, RecordsPage } from '../../../ui/index.ts';
import { recordHref, recordsPath } from '../../../ui/links.ts';
import { RECORD_SORTS } from '../../../ui/props.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { numberParam, oneOfOr, queryCursor } from '../../readers/query-values.ts';
import { recordDetail } from '../../readers/record-detail.ts';
import { findRecords } from '../../readers/records-list.ts';
import { page, redirect } from '../../reply.ts';

const ROWS = 50;
const query = z.object({
  status: oneOfOr([...RECORD_STATUSES, 'open', 'all'], 'open'),
  sort: oneOfOr(RECORD_SORTS, 'newest'),
  before: queryCursor,
});

/** The list of a kind, and its records. */
export const recordEndpointsOf = (kind: RecordKind) => [
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
    params: z.object({ number: numberParam }),
    handler:
      ({ storage }) =>
      async ({ organizationId, params: { number }, member, shell: makeShell }) => {
        const record = await storage.issueRecords.get(organizationId, kind, number);
        if (!record) {
          // Links in mails and trackers go on working after the kind has changed.
          const moved = await storage.issueRecords.byFormer(organizationId, kind, number);
          if (moved) return redirect(recordHref(moved));
          throw notFound();
        }
        const shell = await makeShell();
        const detail = await recordDetail(storage, record, { role: member.role, now: shell.now });
        return page(RecordPage({ shell, ...detail }));
      },
  }),
];
