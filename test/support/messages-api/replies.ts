import type { Usage } from './prompt-cache.ts';
import type { MessagesRequest } from './request-schema.ts';

/** One thing the server does with a request. The last two are for items of a batch alone. */
export type Reply =
  | { kind: 'answer'; value: unknown }
  | { kind: 'text'; text: string; stopReason?: string }
  | { kind: 'noContent'; stopReason?: string }
  | { kind: 'error'; status: number; type: string; message?: string; headers?: Record<string, string> }
  | { kind: 'body'; body: string }
  | { kind: 'dropped' }
  | { kind: 'silence' }
  | { kind: 'expired' }
  | { kind: 'canceled' };

export const rateLimited = (headers: Record<string, string> = {}): Reply => ({
  kind: 'error',
  status: 429,
  type: 'rate_limit_error',
  headers,
});
export const overloaded = (): Reply => ({ kind: 'error', status: 529, type: 'overloaded_error' });
export const internalError = (): Reply => ({ kind: 'error', status: 500, type: 'api_error' });

/** The text of an answer and why it ended; null for replies without one. */
export function answerOf(reply: Reply): { text: string | null; stopReason: string } | null {
  if (reply.kind === 'answer') return { text: JSON.stringify(reply.value), stopReason: 'end_turn' };
  if (reply.kind === 'text') return { text: reply.text, stopReason: reply.stopReason ?? 'end_turn' };
  if (reply.kind === 'noContent') return { text: null, stopReason: reply.stopReason ?? 'end_turn' };
  return null;
}

/** A message as the API writes it. */
export function messageOf(
  id: string,
  { model }: MessagesRequest,
  { text, stopReason }: { text: string | null; stopReason: string },
  usage: Usage,
): unknown {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: text === null ? [] : [{ type: 'text', text }],
    stop_reason: stopReason,
    stop_sequence: null,
    stop_details: null,
    usage,
  };
}
