import { z } from 'zod';
import { recordKindSchema, recordName } from '../../../domain/issue-record.ts';
import { roleFor } from '../../../security/permissions.ts';
import { ApprovalsPage } from '../../../ui/index.ts';
import { APPROVALS_PATH } from '../../../ui/links.ts';
import { approveProposal, type ProposalAnswer, rejectProposal } from '../../commands/decide-proposal.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { approvals } from '../../readers/approvals.ts';
import { idParam } from '../../readers/query-values.ts';
import { redirect, page as shown } from '../../reply.ts';

const params = z.object({ patternId: idParam });
const access = roleFor('changeRecords');

function replyTo(answer: ProposalAnswer) {
  switch (answer.kind) {
    case 'unknown':
      throw notFound();
    case 'decided':
      return redirect(APPROVALS_PATH, { kind: 'info', text: 'Somebody decided this already: see below.' });
    case 'gone':
      return redirect(APPROVALS_PATH, { kind: 'info', text: 'Its conversations are in another pattern by now.' });
    case 'reasonNeeded':
      return redirect(APPROVALS_PATH, { kind: 'error', text: 'Say why it is rejected; nothing was changed.' });
    case 'rejected':
      return redirect(APPROVALS_PATH, { kind: 'success', text: 'Rejected. No later report brings it back by itself.' });
    case 'approved':
      return redirect(APPROVALS_PATH, { kind: 'success', text: `${recordName(answer.record)} is open.` });
  }
}

/** Bug reports and feature requests that wait for a person's word. */
export const approvalEndpoints = [
  memberEndpoint({
    method: 'get',
    path: APPROVALS_PATH,
    access,
    handler:
      ({ storage }) =>
      async ({ organizationId, member, shell }) => {
        const [found, { insights }] = await Promise.all([
          approvals(storage, organizationId, member.role),
          storage.settings.get(organizationId),
        ]);
        return shown(ApprovalsPage({ shell: await shell(), ...found, mode: insights.records }));
      },
  }),
  memberEndpoint({
    ...{ method: 'post', path: `${APPROVALS_PATH}/:patternId/approve`, access, params },
    /** Absent: as it is proposed. */
    body: z.object({ kind: recordKindSchema.optional().catch(undefined) }),
    handler:
      (deps) =>
      async ({ organizationId, params: { patternId }, body: { kind }, member }) =>
        replyTo(await approveProposal(deps, organizationId, patternId, { as: kind, by: member.email })),
  }),
  memberEndpoint({
    ...{ method: 'post', path: `${APPROVALS_PATH}/:patternId/reject`, access, params },
    body: z.object({ reason: z.string().trim().max(500).default('') }),
    handler:
      (deps) =>
      async ({ organizationId, params: { patternId }, body: { reason }, member }) =>
        replyTo(await rejectProposal(deps, organizationId, patternId, { reason, by: member.email })),
  }),
];
