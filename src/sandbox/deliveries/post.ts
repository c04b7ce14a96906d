import type { Webhook } from '../store/events/webhook-events.ts';
import type { Delivery } from './delivery.ts';
import { signatureOf } from './signature.ts';

interface PostOptions {
  /** Signs with another secret. */
  isForged: boolean;
  /** In real time, unlike the waits between attempts: moving the clock must not break an exchange that is under way. */
  timeoutMs: number;
  closing: AbortSignal;
}

/** One attempt: the status of the answer, or null when none came. */
export async function post(
  webhook: Webhook,
  { event, body }: Delivery,
  { isForged, timeoutMs, closing }: PostOptions,
): Promise<number | null> {
  try {
    const answer = await fetch(webhook.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-HelpScout-Event': event,
        'X-HelpScout-Signature': signatureOf(isForged ? `not ${webhook.secret}` : webhook.secret, body),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(timeoutMs)]),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}
