import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { CorrectRowPage } from '../../../ui/index.ts';
import { FAILURES_PATH, failureHref } from '../../../ui/links.ts';
import { correctAndRetry } from '../../commands/correct-row.ts';
import { rowNotice } from '../../commands/settle-row.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { correctableRow } from '../../readers/correctable-row.ts';
import { idParam } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';

const path = `${FAILURES_PATH}/:eventId/edit`;
const params = z.object({ eventId: idParam });
const access = roleFor('retrySyncs');

/** A row that waits for a person: what is wrong, and what of it can be corrected. */
export const showCorrectRow = memberEndpoint({
  method: 'get',
  path,
  access,
  params,
  query: z.object({ ended: z.string().optional().catch(undefined) }),
  handler:
    (deps) =>
    async ({ organizationId, params: { eventId }, query, member, shell }) => {
      const row = await correctableRow(deps, organizationId, eventId, member.role);
      if (!row) throw notFound();
      return page(CorrectRowPage({ shell: await shell(), ...row, orphaned: query.ended !== undefined }));
    },
});

/** Keeps what was corrected, before and after, and retries. */
export const correctRow = memberEndpoint({
  method: 'post',
  path,
  access,
  params,
  body: z.record(z.string(), z.string().max(100_000).catch('')),
  handler:
    (deps) =>
    async ({ organizationId, params: { eventId }, body, member, shell }) => {
      const row = await correctableRow(deps, organizationId, eventId, member.role);
      if (!row) throw notFound();
      const corrected = await correctAndRetry(deps, row, body, member.email);
      if (corrected.kind === 'errors') {
        const fields = row.fields.map((field) => ({ ...field, value: body[field.name] ?? field.value }));
        const { errors } = corrected;
        return page(CorrectRowPage({ shell: await shell(), ...row, fields, orphaned: false, errors }), 422);
      }
      const notice = rowNotice(corrected);
      const ended = corrected.kind === 'orphaned' ? '?ended=yes' : '';
      return redirect(`${failureHref(eventId)}${ended}`, notice ?? undefined);
    },
});
