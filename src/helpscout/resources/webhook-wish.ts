import { z } from 'zod';
import { idSchema } from '../schemas.ts';

/** What tells us that a conversation is worth reading again. */
export const WEBHOOK_EVENTS = [
  'convo.created',
  'convo.customer.reply.created',
  'convo.agent.reply.created',
  'convo.merged',
  'convo.moved',
  'convo.deleted',
] as const;

const LABEL = 'Help Scout Insights';
/** The other, V3, differs in the type of persons that are no people. */
const PAYLOAD_VERSION = 'V2';

export interface WebhookWish {
  url: string;
  /** At most 40 characters: Help Scout refuses longer ones. */
  secret: string;
  /** Whether Help Scout may have another one; it cannot be compared. */
  secretIsNew?: boolean;
  /** Empty for all that the user can see. */
  mailboxIds: readonly number[];
}

export const webhookSchema = z.object({
  id: idSchema,
  url: z.string(),
  state: z.string(),
  events: z.array(z.string()),
  label: z.string().nullish(),
  notification: z.boolean().nullish(),
  payloadVersion: z.string().nullish(),
  mailboxIds: z.array(idSchema).nullish(),
  /** Not certain to be told (reference, 3.9). */
  secret: z.string().nullish(),
});
export type HelpScoutWebhook = z.infer<typeof webhookSchema>;

/** The body of a create, and of a replacement. */
export const wishedBody = ({ url, secret, mailboxIds }: WebhookWish) => ({
  url,
  secret,
  events: WEBHOOK_EVENTS,
  payloadVersion: PAYLOAD_VERSION,
  label: LABEL,
  notification: false,
  // Left out, all mailboxes are meant; whether an empty list means the same is not documented.
  ...(mailboxIds.length > 0 && { mailboxIds }),
});

/** The fields of a subscription that are not as wished. */
export function webhookDifferences(webhook: HelpScoutWebhook, wish: WebhookWish): string[] {
  const differs = {
    secret: (wish.secretIsNew ?? true) || (Boolean(webhook.secret && wish.secret) && webhook.secret !== wish.secret),
    state: webhook.state !== 'enabled',
    events: !sameMembers(webhook.events, WEBHOOK_EVENTS),
    mailboxIds: !sameMembers(webhook.mailboxIds ?? [], wish.mailboxIds),
    label: (webhook.label ?? '') !== LABEL,
    notification: webhook.notification ?? false,
    payloadVersion: (webhook.payloadVersion ?? PAYLOAD_VERSION) !== PAYLOAD_VERSION,
  };
  return Object.entries(differs)
    .filter(([, different]) => different)
    .map(([field]) => field);
}

function sameMembers<T>(actual: readonly T[], wished: readonly T[]): boolean {
  const wanted = new Set(wished);
  return new Set(actual).size === wanted.size && actual.every((member) => wanted.has(member));
}
