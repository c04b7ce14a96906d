import { subDays } from 'date-fns';
import { NOTIFICATION_TOPICS } from '../../domain/notification.ts';
import type { Channel } from '../../domain/notification-channel.ts';
import type { NotificationChannelsPageProps, ShownDispatch } from '../../ui/views/settings/notification-channels.tsx';
import type { Deps } from '../deps.ts';

const SHOWN_DAYS = 14;
const MOST_SHOWN = 5;

/** Everything that the page of channels shows; of a chat's address only the host. */
export async function notificationChannels(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  organizationId: string,
): Promise<Pick<NotificationChannelsPageProps, 'email' | 'webhook'>> {
  const { email, webhook } = await storage.notificationChannels.get(organizationId);
  const lately = async (channel: Channel): Promise<ShownDispatch[]> => {
    const found = await storage.notificationDispatches.list(organizationId, channel, subDays(now(), SHOWN_DAYS));
    return found
      .slice(0, MOST_SHOWN)
      .map(({ notificationIds, ...dispatch }) => ({ ...dispatch, notifications: notificationIds.length }));
  };
  const [mails, posts] = await Promise.all([lately('email'), lately('webhook')]);
  const usual = { on: false, topics: NOTIFICATION_TOPICS };
  return {
    email: { ...usual, addresses: [], ...email, canSend: config.mail !== null, dispatches: mails },
    webhook: {
      on: webhook?.on ?? usual.on,
      topics: webhook?.topics ?? usual.topics,
      host: webhook?.host ?? null,
      dispatches: posts,
    },
  };
}
