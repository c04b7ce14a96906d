import { z } from 'zod';

/** `news`: neither good nor bad, such as a scan that has finished. */
export const NOTIFICATION_KINDS = ['alert', 'recovery', 'news'] as const;

/** What notifications are about: people choose by it what they are sent. */
export const NOTIFICATION_TOPICS = ['connection', 'silence', 'syncs', 'scans', 'limits', 'insights'] as const;
export type NotificationTopic = (typeof NOTIFICATION_TOPICS)[number];
export const NOTIFICATION_TOPIC_NAMES: Record<NotificationTopic, string> = {
  connection: 'Connection: reconnect, webhook, mailboxes',
  silence: 'Silence: far fewer conversations than usual, or none',
  syncs: 'Syncs: success rate, failed tickets',
  scans: 'Scans: finished, or unable to go on',
  limits: 'Limits: the account’s calls per minute',
  insights: 'Insights: shares of categories that change',
};

/** Something that managers should know without having looked for it. Carries no message text and no secret. */
export const notificationSchema = z.object({
  /** Derived from what it tells of: adding it twice is adding it once. */
  notificationId: z.string(),
  kind: z.enum(NOTIFICATION_KINDS),
  /** Absent in older ones: syncs. */
  topic: z.enum(NOTIFICATION_TOPICS).optional(),
  text: z.string(),
  /** A path of ours where the cause can be seen. */
  href: z.string(),
  at: z.date(),
});
export type Notification = z.infer<typeof notificationSchema>;

/** What is watched for an organization. */
export const ALERT_RULES = [
  'successRate',
  'failedTicket',
  'silence',
  'apiLimit',
  'drift',
  'reconnect',
  'webhook',
  'mailbox',
  'scan',
  'quietHour',
] as const;
export const alertRuleSchema = z.enum(ALERT_RULES);
export type AlertRule = z.infer<typeof alertRuleSchema>;

export const ALERT_TOPICS: Record<AlertRule, NotificationTopic> = {
  successRate: 'syncs',
  failedTicket: 'syncs',
  silence: 'silence',
  apiLimit: 'limits',
  drift: 'insights',
  reconnect: 'connection',
  webhook: 'connection',
  mailbox: 'connection',
  scan: 'scans',
  quietHour: 'silence',
};
