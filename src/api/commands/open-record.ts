import { type IssueRecord, kindOf, type RecordKind } from '../../domain/issue-record.ts';
import type { Deps } from '../deps.ts';

/**
 * A pattern's record, made now by a person if there is none; its kind follows the category unless it is said. What waits
 * in the inbox for it is settled. Null: no such pattern.
 */
export async function openRecord(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  organizationId: string,
  patternId: string,
  { kind, by }: { kind?: RecordKind | undefined; by: string },
): Promise<IssueRecord | null> {
  const pattern = await storage.patterns.get(organizationId, patternId);
  if (!pattern) return null;
  const wanted = kind ?? kindOf(pattern.category) ?? 'bug';
  const at = now();
  const record = await storage.issueRecords.createForPattern(organizationId, pattern, wanted, { by, at });
  await storage.recordProposals.approved(organizationId, patternId, record.kind, { by, at });
  return record;
}
