import { createHash, randomUUID } from 'node:crypto';
import { log } from '@temporalio/activity';
import type { Notification } from '../domain/notification.ts';
import {
  CHANNELS,
  type Channel,
  type ChannelSettings,
  type DeliveryErrorCode,
  jsonOf,
  mayDispatch,
  messageOf,
  nextTryAt,
} from '../domain/notification-channel.ts';
import { sendMail } from '../notify/mailer.ts';
import { NotifyError } from '../notify/notify-error.ts';
import { postJson } from '../notify/post-json.ts';
import type { Dispatch } from '../storage/notification-dispatches.ts';
import type { ActivityDeps } from './deps.ts';

const DAY_MS = 24 * 3_600_000;
/** Older ones are not told any more. */
const TOLD_WITHIN_MS = 7 * DAY_MS;
/** One slow chat must not keep the others waiting. */
const AT_ONCE = 8;
/** Stored secrets of an organization, not of one of its connections. */
export const ORGANIZATION_BINDING = 'organization';

/** Sends notifications to where organizations want them. */
export function createNotifyActivities({
  storage,
  keyRing,
  mail,
  localUrlsAllowed = false,
  publicUrl,
  now,
}: Pick<ActivityDeps, 'storage' | 'keyRing' | 'mail' | 'localUrlsAllowed' | 'publicUrl' | 'now'>) {
  /** @throws NotifyError */
  const send = async (
    organizationId: string,
    settings: ChannelSettings,
    { channel, dispatchId }: Pick<Dispatch, 'channel' | 'dispatchId'>,
    told: readonly Notification[],
  ): Promise<void> => {
    const organizationName = (await storage.organizations.get(organizationId))?.name ?? '';
    const sender = { organizationName, publicUrl };
    if (channel === 'email') {
      if (!mail || !settings.email) throw new NotifyError('notConfigured');
      const host =
        mail.from
          .split('@')
          .at(-1)
          ?.replace(/[>\s].*$/, '') ?? 'localhost';
      const message = { ...messageOf(told, sender), messageId: `${dispatchId}@${host}` };
      return sendMail(mail, { ...message, to: settings.email.addresses });
    }
    if (!settings.webhook) throw new NotifyError('internalError');
    const binding = { organizationId, integrationId: ORGANIZATION_BINDING, purpose: 'notificationUrl' as const };
    const url = keyRing.decrypt(settings.webhook.urlCiphertext, binding);
    return postJson(url, jsonOf(dispatchId, told, sender), { localAllowed: localUrlsAllowed });
  };

  const tried = async (
    ...args: Parameters<typeof send>
  ): Promise<{ code: DeliveryErrorCode; isFinal: boolean } | null> => {
    try {
      await send(...args);
      return null;
    } catch (error) {
      if (error instanceof NotifyError) return error;
      log.error('a notification could not be sent', { reason: error instanceof Error ? error.name : typeof error });
      return { code: 'internalError', isFinal: false };
    }
  };

  const deliver = async (organizationId: string, settings: ChannelSettings, channel: Channel): Promise<void> => {
    const wanted = settings[channel];
    if (!wanted?.on) return;
    const at = now();
    const oldest = new Date(Math.max(wanted.since.getTime(), at.getTime() - TOLD_WITHIN_MS));
    const notifications = await storage.notifications.since(organizationId, oldest);
    const earlier = await storage.notificationDispatches.list(
      organizationId,
      channel,
      new Date(oldest.getTime() - DAY_MS),
    );
    const known = new Set(earlier.flatMap(({ notificationIds }) => notificationIds));
    const fresh = notifications.filter(
      ({ notificationId, topic = 'syncs' }) => !known.has(notificationId) && wanted.topics.includes(topic),
    );
    if (fresh.length > 0 && mayDispatch(channel, earlier[0]?.createdAt ?? null, at)) {
      const notificationIds = fresh.map(({ notificationId }) => notificationId);
      const dispatchId = createHash('sha256')
        .update(JSON.stringify([organizationId, channel, notificationIds]))
        .digest('hex')
        .slice(0, 32);
      await storage.notificationDispatches.open(organizationId, {
        dispatchId,
        channel,
        notificationIds,
        createdAt: at,
      });
    }
    const byId = new Map(notifications.map((one) => [one.notificationId, one]));
    for (const dispatch of await storage.notificationDispatches.list(
      organizationId,
      channel,
      new Date(at.getTime() - TOLD_WITHIN_MS),
    )) {
      if (dispatch.state !== 'waiting' || !dispatch.dueAt || dispatch.dueAt > at) continue;
      const told = dispatch.notificationIds.flatMap((id) => byId.get(id) ?? []);
      const failure = told.length > 0 ? await tried(organizationId, settings, dispatch, told) : null;
      const tries = dispatch.tries + 1;
      const dueAt = failure && !failure.isFinal ? nextTryAt({ ...dispatch, tries }, now()) : null;
      const state = !failure ? 'sent' : dueAt ? 'waiting' : 'failed';
      const errorCode = failure?.code ?? null;
      const endedAt = dueAt ? null : now();
      await storage.notificationDispatches.settle(organizationId, dispatch, {
        state,
        tries,
        errorCode,
        dueAt,
        endedAt,
      });
    }
  };

  return {
    /** Sends what is due, of every organization. One's trouble is told on its settings page, and nobody else's. */
    async deliverNotifications(): Promise<void> {
      const ids = await storage.notificationChannels.organizationIds();
      for (let first = 0; first < ids.length; first += AT_ONCE) {
        await Promise.all(
          ids.slice(first, first + AT_ONCE).map(async (organizationId) => {
            try {
              const settings = await storage.notificationChannels.get(organizationId);
              // Alone: two at once would send the same.
              await storage.leases.alone(
                organizationId,
                'notifications',
                async (renew) => {
                  for (const channel of CHANNELS) {
                    await deliver(organizationId, settings, channel);
                    await renew();
                  }
                },
                0,
              );
            } catch (error) {
              const reason = error instanceof Error ? error.name : typeof error;
              log.error('notifications could not be delivered', { organizationId, reason });
            }
          }),
        );
      }
    },

    /** Sends a word to a channel, at once and only once. @returns why it did not arrive; null: it did */
    async testNotificationChannel(asked: {
      organizationId: string;
      channel: Channel;
    }): Promise<{ code: DeliveryErrorCode } | null> {
      const { organizationId, channel } = asked;
      const settings = await storage.notificationChannels.get(organizationId);
      const test: Notification = {
        notificationId: `test/${randomUUID()}`,
        kind: 'news',
        text: 'This is a test: notifications of this organization arrive here.',
        href: '/settings/notifications',
        at: now(),
      };
      const failure = await tried(organizationId, settings, { channel, dispatchId: randomUUID() }, [test]);
      return failure && { code: failure.code };
    },
  };
}
