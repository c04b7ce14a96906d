import type { ApiConversation, ApiThread } from './schemas.ts';

/**
 * The newest time in a conversation. Help Scout filters by a time of modification that it does not show; this one can
 * only lag behind it (reference, pitfall 3).
 */
export function newestChange(api: ApiConversation, threads: readonly ApiThread[]): Date {
  const times = [
    api.createdAt,
    api.userUpdatedAt,
    api.customerWaitingSince,
    ...threads.map(({ createdAt }) => createdAt),
  ].map((time) => Date.parse(time ?? ''));
  return new Date(Math.max(...times.filter((time) => !Number.isNaN(time))));
}
