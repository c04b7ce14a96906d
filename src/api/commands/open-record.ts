import type { IssueRecord } from '../../domain/pattern.ts';
import type { Storage } from '../../storage/storage.ts';

/** A pattern's record, made now if there is none; its kind follows the category unless it is said. Null: no such pattern. */
export async function openRecord(
  storage: Storage,
  organizationId: string,
  patternId: string,
  kind?: IssueRecord['kind'],
): Promise<IssueRecord | null> {
  const pattern = await storage.patterns.get(organizationId, patternId);
  if (!pattern) return null;
  const byCategory = pattern.category === 'feature' ? 'feature' : 'bug';
  return storage.issueRecords.createForPattern(organizationId, pattern, kind ?? byCategory);
}
