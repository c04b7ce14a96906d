import type { Erasure } from '../../src/domain/erasure.ts';
import type { Storage } from '../../src/storage/storage.ts';

/** Gives an organization a day of coverage, channels with what was sent there, and an erasure with its receipt. */
export async function fillWatch(
  storage: Storage,
  { organizationId, integrationId }: { organizationId: string; integrationId: string },
  { conversationId, name, now }: { conversationId: number; name: string; now: Date },
): Promise<{ erasureId: string }> {
  const times = { toldAt: null, foundAt: now, readAt: now, failedAt: null, delayMs: 1_000, hours: [] };
  await storage.coverage.note(organizationId, integrationId, {
    marks: [{ ...times, day: now.toISOString().slice(0, 10), conversationId }],
    mailboxes: [{ mailboxId: 310, changedAt: now }],
    at: now,
  });
  const settings = { on: true, topics: ['syncs' as const], since: now };
  await storage.notificationChannels.save(organizationId, {
    email: { ...settings, addresses: [`ada@${name}.example`] },
    webhook: { ...settings, urlCiphertext: 'ciphertext', host: `hooks.${name}.example` },
  });
  for (const channel of ['email', 'webhook'] as const) {
    const dispatch = { dispatchId: `dispatch-${conversationId}`, channel, notificationIds: ['n1'], createdAt: now };
    await storage.notificationDispatches.open(organizationId, dispatch);
  }
  const erasureId = String(conversationId).padStart(43, 'e');
  const erasure: Erasure = {
    ...{ erasureId, organizationId, kind: 'customer', state: 'running', subjectHash: null, refusesLater: true },
    ...{ by: 'member', requestedAt: now, finishedAt: null, removed: { insights: 1 }, changed: { syncEvents: 2 } },
    ...{ workflows: { ended: 1, deleted: 1 }, waitsFor: 0 },
  };
  await storage.erasures.begin(erasure, null);
  await storage.erasures.finish(erasureId, now);
  return { erasureId };
}
