import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns';
import { hourStart, listedChangeAt, toldChangeAt } from '../domain/coverage.ts';
import type { NewMark } from '../storage/coverage.ts';
import type { Storage } from '../storage/storage.ts';
import type { Scope } from '../workflows/contract.ts';

/** How long a process takes an organization's time zone for what it was. */
const ZONE_KEPT_MS = 10 * 60_000;

/** Why conversations are read: webhooks told of them at these times, or a comparison lists what changed since then. */
export type Occasion = { kind: 'told'; at: ReadonlyMap<number, Date> } | { kind: 'pass'; since: Date };

/** One that was read, or that could not be. */
export interface ReadConversation {
  conversationId: number;
  /** The newest time in it; null when it could not be read. */
  newestAt: Date | null;
  mailboxId: number | null;
  /** Whether it has something that was not stored before. */
  isNew: boolean;
}

/** What reading conversations says about how completely they are seen (domain/coverage.ts). */
export function createImportCoverage(storage: Storage, now: () => Date) {
  const zones = new Map<string, { timeZone: string; untilMs: number }>();

  const timeZoneOf = async (organizationId: string): Promise<string> => {
    const known = zones.get(organizationId);
    if (known && known.untilMs > Date.now()) return known.timeZone;
    const timeZone = (await storage.organizations.get(organizationId))?.timeZone ?? 'UTC';
    zones.set(organizationId, { timeZone, untilMs: Date.now() + ZONE_KEPT_MS });
    return timeZone;
  };

  /** Before they are stored: what is written again after a crash is then still known to be new. */
  return async (scope: Scope, read: readonly ReadConversation[], occasion: Occasion | undefined): Promise<void> => {
    const at = now();
    const timeZone = occasion ? await timeZoneOf(scope.organizationId) : 'UTC';
    const marks = occasion ? read.map((one) => markOf(one, occasion, { at, timeZone })) : [];
    const mailboxes = newestByMailbox(read);
    await storage.coverage.note(scope.organizationId, scope.integrationId, { marks, mailboxes, at });
  };
}

function markOf(
  { conversationId, newestAt, isNew }: ReadConversation,
  occasion: Occasion,
  { at, timeZone }: { at: Date; timeZone: string },
): NewMark {
  const toldAt = occasion.kind === 'told' ? (occasion.at.get(conversationId) ?? at) : null;
  const changedAt =
    occasion.kind === 'pass'
      ? listedChangeAt({ since: occasion.since, newestAt: newestAt ?? at, now: at })
      : toldChangeAt({ toldAt: toldAt ?? at, newestAt: newestAt ?? toldAt ?? at, isNew });
  return {
    conversationId,
    day: format(new TZDate(changedAt, timeZone), 'yyyy-MM-dd'),
    toldAt,
    foundAt: occasion.kind === 'pass' && isNew ? changedAt : null,
    readAt: newestAt === null ? null : at,
    failedAt: newestAt === null ? at : null,
    delayMs: isNew ? Math.max(0, at.getTime() - changedAt.getTime()) : null,
    hours: [hourStart(changedAt)],
  };
}

function newestByMailbox(read: readonly ReadConversation[]): { mailboxId: number; changedAt: Date }[] {
  const newest = new Map<number, Date>();
  for (const { mailboxId, newestAt } of read) {
    if (mailboxId === null || newestAt === null) continue;
    const before = newest.get(mailboxId);
    if (!before || newestAt > before) newest.set(mailboxId, newestAt);
  }
  return [...newest].map(([mailboxId, changedAt]) => ({ mailboxId, changedAt }));
}
