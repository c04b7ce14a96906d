import { z } from 'zod';
import { NOTIFICATION_TOPICS, type Notification } from './notification.ts';

/** Where notifications go besides the inbox. */
export const CHANNELS = ['email', 'webhook'] as const;
export const channelSchema = z.enum(CHANNELS);
export type Channel = z.infer<typeof channelSchema>;

export const MOST_ADDRESSES = 20;

const topics = z.array(z.enum(NOTIFICATION_TOPICS));
/** What an organization has set. `since`: what is older was not asked for. */
export const channelSettingsSchema = z.object({
  email: z.object({ on: z.boolean(), addresses: z.array(z.string()), topics, since: z.date() }).nullable(),
  /** The address carries a secret: ciphertext, and its host for people to know it by. */
  webhook: z
    .object({ on: z.boolean(), urlCiphertext: z.string(), host: z.string(), topics, since: z.date() })
    .nullable(),
});
export type ChannelSettings = z.infer<typeof channelSettingsSchema>;

export const DELIVERY_ERROR_CODES = [
  'notConfigured',
  'addressRefused',
  'unreachable',
  'timeout',
  'redirected',
  'refused',
  'unavailable',
  'internalError',
] as const;
export type DeliveryErrorCode = (typeof DELIVERY_ERROR_CODES)[number];

/** Why something did not reach a channel, and what can be done. */
export const DELIVERY_ERROR_TEXT: Record<DeliveryErrorCode, { message: string; remedy: string }> = {
  notConfigured: {
    message: 'This installation cannot send e-mail.',
    remedy: 'Whoever runs it sets SMTP_URL and MAIL_FROM.',
  },
  addressRefused: {
    message: 'The address is not a public one over https.',
    remedy: 'Use an address that begins with https:// and leads to the internet, not into this network.',
  },
  unreachable: {
    message: 'Nobody answers at the address.',
    remedy: 'Check its host name, and that this server may reach it.',
  },
  timeout: { message: 'No answer came in time.', remedy: 'Check whether the service is slow or down.' },
  redirected: {
    message: 'The address leads to another one, which is not followed.',
    remedy: 'Enter the address that it leads to.',
  },
  refused: {
    message: 'The other side does not accept it.',
    remedy:
      'Check the address and that it is still allowed: a chat’s address may have been revoked, a mail server may want another sender or password.',
  },
  unavailable: { message: 'The other side is out of order.', remedy: 'It is tried again by itself.' },
  internalError: { message: 'Something went wrong on our side.', remedy: 'Enter the address again, and test it.' },
};

const MINUTE_MS = 60_000;
const RETRY_WAITS_MS = [1, 5, 15, 60, 240].map((minutes) => minutes * MINUTE_MS);
const GIVEN_UP_AFTER_MS = 24 * 60 * MINUTE_MS;
/** After one was sent, what comes next is gathered for so long: a burst is one message, or two. */
const GATHERED_MS: Record<Channel, number> = { email: 10 * MINUTE_MS, webhook: MINUTE_MS };

/** When the next try is due; null when it is given up. `tries`: how many there were. */
export function nextTryAt(dispatch: { tries: number; createdAt: Date }, now: Date): Date | null {
  if (now.getTime() - dispatch.createdAt.getTime() >= GIVEN_UP_AFTER_MS) return null;
  const waitMs = RETRY_WAITS_MS[Math.min(dispatch.tries, RETRY_WAITS_MS.length) - 1] ?? MINUTE_MS;
  return new Date(now.getTime() + waitMs);
}

/** Whether what waits may be sent now. */
export const mayDispatch = (channel: Channel, lastAt: Date | null, now: Date): boolean =>
  lastAt === null || now.getTime() - lastAt.getTime() >= GATHERED_MS[channel];

/** More than so many are counted, not told. */
const MOST_TOLD = 20;
const MARKS: Record<Notification['kind'], string> = { alert: 'Alert', recovery: 'Over', news: 'News' };

type Told = readonly Pick<Notification, 'kind' | 'text' | 'href'>[];
interface Sender {
  organizationName: string;
  /** Address of the web app, without a slash at its end. */
  publicUrl: string;
}

/** One line, without what would end it. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Several notifications as one message. */
export function messageOf(told: Told, { organizationName, publicUrl }: Sender): { subject: string; text: string } {
  const [first] = told;
  const what = told.length === 1 && first ? `${MARKS[first.kind]}: ${first.text}` : `${told.length} notifications`;
  const lines = told
    .slice(0, MOST_TOLD)
    .map(({ kind, text, href }) => `${MARKS[kind]}: ${oneLine(text)}\n${publicUrl}${href}`);
  const more = told.length > MOST_TOLD ? [`And ${told.length - MOST_TOLD} more: ${publicUrl}/notifications`] : [];
  return {
    subject: oneLine(`[${organizationName}] ${what}`).slice(0, 180),
    text: [...lines, ...more].join('\n\n'),
  };
}

/** What a chat takes for markup (Slack, "Formatting text for app surfaces": three characters). */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The body for a chat's address, or a program's: the same `id` at each try. */
export function jsonOf(dispatchId: string, told: readonly Notification[], sender: Sender) {
  const { text } = messageOf(told, sender);
  return {
    id: dispatchId,
    text: escaped(`${sender.organizationName}\n${text}`),
    notifications: told.map(({ notificationId, kind, topic = 'syncs', text, href, at }) => ({
      ...{ id: notificationId, kind, topic, text, url: `${sender.publicUrl}${href}`, at: at.toISOString() },
    })),
  };
}
