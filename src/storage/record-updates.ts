import {
  AUTOMATIC,
  CUSTOMERS_FOR_RECORD,
  type IssueRecord,
  kindOf,
  recordName,
  recordPath,
} from '../domain/issue-record.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import { cameBack } from '../domain/outcome.ts';
import { type Pattern, patternState } from '../domain/pattern.ts';
import { followedChange } from '../domain/record-change.ts';
import { linkRecords } from './record-links.ts';
import type { Storage } from './storage.ts';

/**
 * Brings bug reports and feature requests up to date with some patterns: makes those that are due (or puts them to a
 * person first, by the setting), lets title and kind follow as far as nobody decided, links what was merged, withdraws
 * what was proposed of a pattern that is none any more, and opens again what has come back. To be called after the patterns' counts are; repeating it changes nothing.
 */
export async function createOrUpdateRecords(
  storage: Storage,
  organizationId: string,
  patternIds: readonly string[],
  { records }: Pick<OrganizationSettings['insights'], 'records'>,
  now: Date = new Date(),
): Promise<void> {
  const standing = await linkRecords(storage, organizationId, patternIds, now);
  const [patterns, known, rejected] = await Promise.all([
    storage.patterns.getMany(organizationId, standing),
    storage.issueRecords.byPatterns(organizationId, standing),
    storage.recordProposals.rejectedOf(organizationId, standing),
  ]);
  const byPattern = new Map(known.map((record) => [record.patternId, record]));
  await storage.recordProposals.withdraw(organizationId, outdated([...patternIds, ...standing], patterns, byPattern));
  for (const pattern of patterns) {
    const record = byPattern.get(pattern.patternId);
    if (record) await follow(storage, record, pattern, now);
    else if (isDue(pattern) && !rejected.has(pattern.patternId)) await begin(storage, pattern, records, now);
  }
}

/**
 * Patterns of which nothing is left to propose: they were merged into another (which is proposed itself when it is due),
 * too few customers are left in them, or the record of a merged one has moved there.
 */
function outdated(
  patternIds: readonly string[],
  standing: readonly Pattern[],
  records: ReadonlyMap<string, IssueRecord>,
): string[] {
  const lasting = standing.filter(
    ({ patternId, customers }) =>
      customers >= CUSTOMERS_FOR_RECORD && (records.get(patternId)?.originPatternId ?? null) === null,
  );
  const kept = new Set(lasting.map(({ patternId }) => patternId));
  return [...new Set(patternIds)].filter((patternId) => !kept.has(patternId));
}

/** What a person dismissed or put off makes no work. */
const isDue = (pattern: Pattern) =>
  pattern.customers >= CUSTOMERS_FOR_RECORD && kindOf(pattern.category) !== null && patternState(pattern) === 'open';

async function begin(
  { issueRecords, recordProposals }: Storage,
  pattern: Pattern,
  mode: OrganizationSettings['insights']['records'],
  at: Date,
): Promise<void> {
  const { organizationId, integrationId, patternId, category } = pattern;
  const kind = kindOf(category);
  if (!kind) return;
  if (mode === 'approval') {
    await recordProposals.propose(organizationId, { patternId, integrationId, kind, at });
    return;
  }
  const why = `${pattern.customers} customers wrote about it`;
  await issueRecords.createForPattern(organizationId, pattern, kind, { at, why });
  // It may have waited for a word when the setting was another.
  await recordProposals.approved(organizationId, patternId, kind, { by: AUTOMATIC, at });
}

async function follow(storage: Storage, record: IssueRecord, pattern: Pattern, at: Date): Promise<void> {
  const { organizationId, recordId } = record;
  const followed = { title: pattern.title, kind: kindOf(pattern.category) };
  if (followedChange(record, followed, at)) {
    await storage.issueRecords.change(organizationId, recordId, (current) => followedChange(current, followed, at));
  }
  await reopenIfBack(storage, record, at);
}

/**
 * Opens a record again that was done and has come back (domain/outcome.ts says when), and tells people. By the time
 * customers wrote, so that what reaches us late never does. @returns whether it was opened
 */
export async function reopenIfBack(
  { issueRecords, insights, notifications }: Storage,
  { organizationId, recordId, patternId, status, resolution }: IssueRecord,
  at: Date,
): Promise<boolean> {
  if (status !== 'done' || !resolution?.outcome) return false;
  const reports = await insights.reports(organizationId, [patternId], resolution.fixedAt);
  const customers = cameBack(reports, resolution);
  if (customers === null) return false;
  const why = `${customers} customers wrote about it after the fix`;
  const record = await issueRecords.change(organizationId, recordId, (current) =>
    current.status === 'done' && current.resolution?.number === resolution.number ? reopened(current, why, at) : null,
  );
  if (record?.status !== 'new') return false;
  await notifications.add(organizationId, {
    notificationId: `reopened/${recordId}/${resolution.number}`,
    kind: 'alert',
    text: `${recordName(record)} is back: ${why}. It is open again.`,
    href: recordPath(record),
    at,
  });
  return true;
}

/** What becomes of a record that was done and is not. */
export const reopened = (record: IssueRecord, why: string, at: Date) => ({
  set: { status: 'new' as const, reopenedAt: at },
  entries: [{ at, by: AUTOMATIC, what: 'status' as const, before: record.status, after: 'new', why }],
});
