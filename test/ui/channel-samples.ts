import { NOTIFICATION_TOPICS } from '../../src/domain/notification.ts';
import type { NotificationChannelsPageProps } from '../../src/ui/views/settings/notification-channels.tsx';
import { NOW, shell } from './samples.ts';

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

export function notificationChannelsPage(
  changes: Partial<NotificationChannelsPageProps> = {},
): NotificationChannelsPageProps {
  return {
    shell: shell('/settings/notifications'),
    email: {
      ...{ on: true, topics: ['connection', 'syncs'], canSend: true },
      addresses: ['maya@northwind.example', 'a.person.with.quite.a.long.name@northwind-support.example'],
      dispatches: [
        {
          ...{ dispatchId: 'd1', notifications: 3, state: 'sent', tries: 1, errorCode: null },
          ...{ createdAt: hoursAgo(2), dueAt: null },
        },
      ],
    },
    webhook: {
      ...{ on: true, topics: NOTIFICATION_TOPICS, host: 'hooks.northwind.example' },
      dispatches: [
        {
          ...{ dispatchId: 'd2', notifications: 1, state: 'waiting', tries: 2, errorCode: 'redirected' },
          ...{ createdAt: hoursAgo(1), dueAt: hoursAgo(-1) },
        },
        {
          ...{ dispatchId: 'd3', notifications: 4, state: 'failed', tries: 9, errorCode: 'unreachable' },
          ...{ createdAt: hoursAgo(40), dueAt: null },
        },
      ],
    },
    ...changes,
  };
}

const nothing = { on: false, topics: NOTIFICATION_TOPICS, dispatches: [] };
/** Nothing is set, no mail server is there, and both forms were refused. */
export const refusedChannelsPage = () =>
  notificationChannelsPage({
    email: { ...nothing, addresses: [], canSend: false },
    webhook: { ...nothing, host: null },
    sent: { addresses: 'maya@' },
    errors: {
      addresses: 'Each line needs an e-mail address, such as ada@example.com.',
      url: 'Enter an address that begins with https://.',
    },
  });
