import type { Clock } from '../clock.ts';
import { createDice } from '../dice.ts';
import type { Journal } from '../http/journal.ts';
import type { Store } from '../store/store.ts';
import type { Switches } from '../switches.ts';
import type { Delivery } from './delivery.ts';
import { post } from './post.ts';
import { resourceOf } from './publication.ts';

const MAX_RETRIES = 10;
const MAX_DISCARDED = 10;

export interface AttemptsOptions {
  store: Store;
  journal: Journal;
  clock: Clock;
  switches: Switches;
  /** The first wait before a retry; each further wait is twice as long. */
  retryUnitMs: number;
  closing: AbortSignal;
}

/** Tries a delivery until it is taken: up to 10 retries; 10 discarded events or one 410 disable the webhook. */
export function createAttempts({ store, journal, clock, switches, retryUnitMs, closing }: AttemptsOptions) {
  const wrongSignature = createDice(() => switches.values.webhooks.wrongSignature);

  function note({ webhookId, event, resourceId }: Delivery, attempt: number, status: number | null, marks: string[]) {
    const id = { [resourceOf(event).idName]: resourceId };
    journal.add({ kind: 'delivery', event, ...id, webhookId, attempt, status, ...(marks.length > 0 && { marks }) });
  }

  function discard(webhookId: number): void {
    store.commit({ kind: 'webhookEventDiscarded', webhookId });
    if (store.webhooks.discardedOf(webhookId) >= MAX_DISCARDED) disable(webhookId);
  }

  function disable(webhookId: number): void {
    const webhook = store.webhooks.get(webhookId);
    if (webhook) store.commit({ kind: 'webhookSaved', webhook: { ...webhook, state: 'disabled' } });
  }

  return {
    /** Notes a delivery of which nothing is sent. */
    lose: (delivery: Delivery, marks: string[]): void => note(delivery, 1, null, [...marks, 'lost']),
    /** `afterFirst` is called once the first attempt is over. Rejects when the sandbox closes during a wait. */
    async run(delivery: Delivery, marks: string[], afterFirst: () => void): Promise<void> {
      const { webhookId } = delivery;
      for (let attempt = 1; attempt <= MAX_RETRIES + 1; attempt += 1) {
        if (attempt > 1) await clock.sleep(retryUnitMs * 2 ** (attempt - 2), closing);
        // Read anew each time: the subscription may have been replaced, disabled or deleted meanwhile.
        const webhook = store.webhooks.get(webhookId);
        if (webhook?.state !== 'enabled') return;
        const isForged = wrongSignature() !== null;
        const { timeoutMs } = switches.values.webhooks;
        const status = await post(webhook, delivery, { isForged, timeoutMs, closing });
        if (closing.aborted) return;
        const isTaken = status !== null && status >= 200 && status < 300;
        const isLast = attempt > MAX_RETRIES && !isTaken;
        note(delivery, attempt, status, [
          ...marks,
          ...(isForged ? ['wrongSignature'] : []),
          ...(isLast ? ['discarded'] : []),
        ]);
        if (attempt === 1) afterFirst();
        if (isTaken) return;
        if (status === 410) return disable(webhookId);
      }
      discard(webhookId);
    },
  };
}
