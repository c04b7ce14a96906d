import { AUTOMATIC, type HistoryEntry, type IssueRecord, recordName } from '../domain/issue-record.ts';
import type { Storage } from './storage.ts';

/**
 * Follows merges of patterns, and what was taken back of them. The record of the pattern that stays is the one that
 * stays: the other keeps its number, its status and its history, is linked to it, and leaves the lists. Where the pattern
 * that stays has none, the record moves there. Both are undone with the merge.
 * @returns the patterns that stand for the given ones now, each once
 */
export async function linkRecords(
  storage: Storage,
  organizationId: string,
  patternIds: readonly string[],
  at: Date,
): Promise<string[]> {
  const { issueRecords, patternLinks } = storage;
  const asked = [...new Set(patternIds)];
  const standing = [...new Set((await patternLinks.resolve(organizationId, asked)).values())];
  const found = [
    ...(await issueRecords.byPatterns(organizationId, [...new Set([...asked, ...standing])])),
    ...(await issueRecords.movedFrom(organizationId, asked)),
  ];
  const records = [...new Map(found.map((record) => [record.recordId, record])).values()];
  const roots = await patternLinks.resolve(organizationId, records.map(homeOf));
  for (const record of records) {
    const home = homeOf(record);
    await link(storage, record, roots.get(home) ?? home, at);
  }
  return standing;
}

/** The pattern that a record was made from. */
const homeOf = ({ originPatternId, patternId }: IssueRecord) => originPatternId ?? patternId;

/** @param wanted the pattern that stands for the one the record was made from */
async function link({ issueRecords }: Storage, record: IssueRecord, wanted: string, at: Date): Promise<void> {
  const { organizationId, recordId, patternId, mergedInto } = record;
  const change = (set: Partial<IssueRecord>, entry: Pick<HistoryEntry, 'what' | 'before' | 'after' | 'why'>) =>
    issueRecords.change(organizationId, recordId, (current) =>
      current.mergedInto === mergedInto && current.patternId === patternId
        ? { set, entries: [{ at, by: AUTOMATIC, ...entry }] }
        : null,
    );

  const there = wanted === patternId ? null : await issueRecords.byPattern(organizationId, wanted);
  if (there) {
    if (mergedInto === there.recordId) return;
    const why = 'Its pattern was merged into that one’s';
    await change({ mergedInto: there.recordId }, { what: 'merged', before: null, after: recordName(there), why });
    return;
  }
  if (mergedInto !== null) {
    const why = 'The merge of the patterns was taken back';
    await change({ mergedInto: null }, { what: 'merged', before: 'linked', after: null, why });
  }
  if (wanted === patternId) return;
  const isBack = wanted === homeOf(record);
  const why = isBack ? 'The merge of the patterns was taken back' : 'Its pattern was merged into another';
  const set = { patternId: wanted, originPatternId: isBack ? null : homeOf(record), mergedInto: null };
  await issueRecords.change(organizationId, recordId, (current) =>
    current.patternId === patternId
      ? { set, entries: [{ at, by: AUTOMATIC, what: 'pattern', before: patternId, after: wanted, why }] }
      : null,
  );
}
