import { z } from 'zod';
import { recordKindSchema } from '../../domain/issue-record.ts';
import { approveProposal, type ProposalAnswer, rejectProposal } from '../commands/decide-proposal.ts';
import { approvals } from '../readers/approvals.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { id } from './parameters.ts';
import { apiProblem } from './problems.ts';

const tag = 'Approvals';
const params = z.object({ patternId: id('Of the pattern that waits.') });

const decisionSchema = z
  .object({
    outcome: z.enum(['approved', 'rejected', 'alreadyDecided']),
    record: z.object({ kind: recordKindSchema, number: z.number().int() }).nullable(),
  })
  .meta({ id: 'ApprovalDecision' });

function decided(answer: ProposalAnswer): z.infer<typeof decisionSchema> {
  switch (answer.kind) {
    case 'unknown':
    case 'gone':
      throw apiProblem('notFound');
    case 'reasonNeeded':
      throw apiProblem('invalidBody', { fields: { reason: 'Say why it is rejected.' } });
    case 'decided':
      return { outcome: 'alreadyDecided', record: null };
    case 'rejected':
      return { outcome: 'rejected', record: null };
    case 'approved':
      return { outcome: 'approved', record: { kind: answer.record.kind, number: answer.record.number } };
  }
}

const listApprovals = apiEndpoint({
  ...{ method: 'get', path: '/api/v1/approvals', scope: 'insights:read', tag },
  summary: 'List what waits for approval',
  description: 'Bug reports and feature requests that wait for a person’s word: the first proposed first, at most 100.',
  response: z.object({
    total: z.number().int(),
    data: z.array(
      z
        .object({
          patternId: z.string(),
          kind: recordKindSchema,
          title: z.string(),
          customers: z.number().int(),
          conversations: z.number().int(),
          proposedAt: z.date(),
        })
        .meta({ id: 'Proposal' }),
    ),
  }),
  handler:
    ({ storage }) =>
    async ({ organizationId, caller }) => {
      const { waiting, total } = await approvals(storage, organizationId, caller.role);
      return { data: waiting, total };
    },
});

const approve = apiEndpoint({
  ...{ method: 'post', path: '/api/v1/approvals/:patternId/approve', scope: 'insights:write', tag, params },
  summary: 'Approve a proposal',
  body: z.strictObject({ kind: recordKindSchema.optional().describe('Absent: as it is proposed.') }),
  response: decisionSchema,
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { patternId }, body: { kind } }) =>
      decided(await approveProposal(deps, organizationId, patternId, { as: kind, by: caller.by })),
});

const reject = apiEndpoint({
  ...{ method: 'post', path: '/api/v1/approvals/:patternId/reject', scope: 'insights:write', tag, params },
  summary: 'Reject a proposal',
  description: 'No later report brings it back by itself.',
  body: z.strictObject({ reason: z.string().trim().max(500) }),
  response: decisionSchema,
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { patternId }, body: { reason } }) =>
      decided(await rejectProposal(deps, organizationId, patternId, { reason, by: caller.by })),
});

export const approvalApi = [listApprovals, approve, reject];
