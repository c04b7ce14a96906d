import { z } from 'zod';

export const NOTIFICATION_KINDS = ['alert', 'recovery'] as const;

/** Something that managers should know without having looked for it. Carries no message text and no secret. */
export const notificationSchema = z.object({
  /** Derived from what it tells of: adding it twice is adding it once. */
  notificationId: z.string(),
  kind: z.enum(NOTIFICATION_KINDS),
  text: z.string(),
  /** A path of ours where the cause can be seen. */
  href: z.string(),
  at: z.date(),
});
export type Notification = z.infer<typeof notificationSchema>;

/** What is watched for an organization. */
export const ALERT_RULES = ['successRate', 'failedTicket', 'silence', 'apiLimit', 'drift'] as const;
export const alertRuleSchema = z.enum(ALERT_RULES);
export type AlertRule = z.infer<typeof alertRuleSchema>;
