import type { IssueRecord, RecordKind } from '../../domain/issue-record.ts';
import type { Deps } from '../deps.ts';
import { openRecord } from './open-record.ts';

export type ProposalAnswer =
  | { kind: 'unknown' }
  /** Somebody else was faster. */
  | { kind: 'decided' }
  /** Its pattern was merged into another, or has no conversations left. */
  | { kind: 'gone' }
  | { kind: 'reasonNeeded' }
  | { kind: 'approved'; record: IssueRecord }
  | { kind: 'rejected' };

/** Makes a record of what waits in the inbox; `as` where it is of another kind than proposed. */
export async function approveProposal(
  deps: Pick<Deps, 'storage' | 'now'>,
  organizationId: string,
  patternId: string,
  { as, by }: { as?: RecordKind | undefined; by: string },
): Promise<ProposalAnswer> {
  const proposal = await deps.storage.recordProposals.get(organizationId, patternId);
  if (!proposal) return { kind: 'unknown' };
  if (proposal.state !== 'waiting') return { kind: 'decided' };
  if (!(await deps.storage.patterns.alive(organizationId, [patternId])).has(patternId)) return { kind: 'gone' };
  const record = await openRecord(deps, organizationId, patternId, { kind: as ?? proposal.kind, by });
  return record ? { kind: 'approved', record } : { kind: 'unknown' };
}

/** Nothing is made of it, now or by a later run; a person can still make it from the pattern. */
export async function rejectProposal(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  organizationId: string,
  patternId: string,
  { reason, by }: { reason: string; by: string },
): Promise<ProposalAnswer> {
  const proposal = await storage.recordProposals.get(organizationId, patternId);
  if (!proposal) return { kind: 'unknown' };
  if (reason.trim() === '') return { kind: 'reasonNeeded' };
  const verdict = { by, at: now() };
  const rejected = await storage.recordProposals.rejected(organizationId, patternId, reason.trim(), verdict);
  return { kind: rejected ? 'rejected' : 'decided' };
}
