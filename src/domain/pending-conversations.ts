/** A conversation that Help Scout told us about and that waits to be read. Epoch milliseconds; plain JSON. */
export interface PendingConversation {
  conversationId: number;
  firstAtMs: number;
  lastAtMs: number;
  /** When the web app received the first of its events: earlier than `firstAtMs` where no worker was there. */
  receivedAtMs?: number;
}

export interface QuietTime {
  /** Wait until nothing has come for this long ... */
  quietMs: number;
  /** ... but never longer than this after the first event. */
  quietMaxMs: number;
}

/** Adds events; those of one conversation become one entry, which is how a burst becomes one classification. */
export function addPending(
  pending: readonly PendingConversation[],
  conversationIds: readonly number[],
  nowMs: number,
  receivedAtMs?: number,
): PendingConversation[] {
  const byId = new Map(pending.map((item) => [item.conversationId, item]));
  for (const conversationId of conversationIds) {
    const known = byId.get(conversationId);
    const received = known ? known.receivedAtMs : receivedAtMs;
    const firstAtMs = known?.firstAtMs ?? nowMs;
    byId.set(conversationId, {
      ...{ conversationId, firstAtMs, lastAtMs: nowMs },
      ...(received !== undefined && { receivedAtMs: received }),
    });
  }
  return [...byId.values()];
}

export const dueAtMs = (item: PendingConversation, quiet: QuietTime) =>
  Math.min(item.lastAtMs + quiet.quietMs, item.firstAtMs + quiet.quietMaxMs);

/** When the next conversation is due; null when none waits. */
export function nextDueAtMs(pending: readonly PendingConversation[], quiet: QuietTime): number | null {
  return pending.length === 0 ? null : Math.min(...pending.map((item) => dueAtMs(item, quiet)));
}

/** Splits off what is due, longest waiting first, at most `limit`. */
export function takeDue(
  pending: readonly PendingConversation[],
  quiet: QuietTime,
  nowMs: number,
  limit: number,
): { due: PendingConversation[]; rest: PendingConversation[] } {
  const due = pending
    .filter((item) => dueAtMs(item, quiet) <= nowMs)
    .sort((a, b) => a.firstAtMs - b.firstAtMs)
    .slice(0, limit);
  return { due, rest: pending.filter((item) => !due.includes(item)) };
}
