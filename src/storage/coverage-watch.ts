import { type Connection, type Model, Schema } from 'mongoose';
import { z } from 'zod';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const schema = new Schema(
  {
    /** Organization and integration. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    integrationId: { type: String, required: true },
    pass: Schema.Types.Mixed,
    webhook: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false },
);

/** The last comparison that was completed. */
const passSchema = z.object({
  startedAt: z.date(),
  endedAt: z.date(),
  /** It asked for what was modified after this. */
  since: z.date(),
  /** Conversations that had something to be read. */
  found: z.number().int().nonnegative(),
});
export type CoveragePass = z.infer<typeof passSchema>;

/** `unheard`: as it should be, but nothing comes though things change. */
const WEBHOOK_PROBLEMS = ['missing', 'disabled', 'changed', 'unheard'] as const;
export type WebhookProblem = (typeof WEBHOOK_PROBLEMS)[number];
const webhookWatchSchema = z.object({
  checkedAt: z.date(),
  /** What is wrong with it; null: nothing. */
  problem: z.enum(WEBHOOK_PROBLEMS).nullable(),
  problemSince: z.date().nullable(),
  /** When it was last written, or that was tried. */
  triedAt: z.date().nullable(),
  repairedAt: z.date().nullable(),
  /** Why the last try failed, as a code of the log; null: it did not. */
  errorCode: z.string().nullable(),
});
export type WebhookWatch = z.infer<typeof webhookWatchSchema>;

const watchSchema = z.object({
  pass: passSchema.nullish().transform((pass) => pass ?? null),
  webhook: webhookWatchSchema.nullish().transform((webhook) => webhook ?? null),
});
export type CoverageWatch = z.infer<typeof watchSchema>;

const mailboxSchema = z.object({
  mailboxId: z.number().int(),
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? null),
  /** Help Scout's time of the newest change that was read, and when something of it was last read. */
  changedAt: z
    .date()
    .nullish()
    .transform((at) => at ?? null),
  mailboxReadAt: z
    .date()
    .nullish()
    .transform((at) => at ?? null),
  /** When it last was part of a comparison. */
  passedAt: z
    .date()
    .nullish()
    .transform((at) => at ?? null),
  /** Since when Help Scout does not show it any more; null: it does. */
  hiddenSince: z
    .date()
    .nullish()
    .transform((at) => at ?? null),
});
export type MailboxCoverage = z.infer<typeof mailboxSchema>;

export interface NamedMailbox {
  mailboxId: number;
  name?: string | undefined;
}

/** What each comparison finds on its way: the mailboxes, and the webhook. */
// biome-ignore lint/suspicious/noExplicitAny: the model's document type is private to coverage.ts, results are parsed
export function createCoverageWatch(connection: Connection, coverage: Model<any>) {
  const model = connection.model('CoverageWatch', schema, 'coverageWatches');

  const save = async (organizationId: string, integrationId: string, $set: Record<string, unknown>) => {
    const _id = `${organizationId}/${integrationId}`;
    const $setOnInsert = { organizationId, integrationId };
    await onceMoreIfDuplicate(() => model.updateOne({ _id }, { $set, $setOnInsert }, { upsert: true }));
  };

  const mailboxUpdates = (
    organizationId: string,
    integrationId: string,
    mailboxIds: readonly number[],
    update: (mailboxId: number) => { $set?: object; $unset?: object; $min?: object; $max?: object },
  ) =>
    mailboxIds.map((mailboxId) => ({
      updateOne: {
        filter: { _id: `${organizationId}/${integrationId}/mailbox/${mailboxId}` },
        update: { ...update(mailboxId), $setOnInsert: { organizationId, integrationId, kind: 'mailbox', mailboxId } },
        upsert: true,
      },
    }));

  return {
    async watch(organizationId: string, integrationId: string): Promise<CoverageWatch> {
      return watchSchema.parse((await model.findById(`${organizationId}/${integrationId}`).lean()) ?? {});
    },

    /** A comparison of some mailboxes has come to its end. */
    async notePass(
      organizationId: string,
      integrationId: string,
      pass: CoveragePass & { mailboxIds: readonly number[] },
    ): Promise<void> {
      const { mailboxIds, ...rest } = pass;
      await save(organizationId, integrationId, { pass: rest });
      const updates = mailboxUpdates(organizationId, integrationId, mailboxIds, () => ({
        $max: { passedAt: rest.endedAt },
        // Only now: until then it has to be looked back to.
        $unset: { hiddenSince: '' },
      }));
      if (updates.length > 0) await onceMoreIfDuplicate(() => coverage.bulkWrite(updates, { ordered: false }));
    },

    async noteWebhook(organizationId: string, integrationId: string, webhook: WebhookWatch): Promise<void> {
      await save(organizationId, integrationId, { webhook });
    },

    /** Which of the chosen mailboxes Help Scout shows, and which it does not: of those, since when is kept. */
    async noteMailboxes(
      organizationId: string,
      integrationId: string,
      { shown, hidden, at }: { shown: readonly NamedMailbox[]; hidden: readonly NamedMailbox[]; at: Date },
    ): Promise<void> {
      const names = new Map([...shown, ...hidden].map(({ mailboxId, name }) => [mailboxId, name]));
      const hiddenIds = new Set(hidden.map(({ mailboxId }) => mailboxId));
      const updates = mailboxUpdates(organizationId, integrationId, [...names.keys()], (mailboxId) => {
        const name = names.get(mailboxId);
        return { ...(name && { $set: { name } }), ...(hiddenIds.has(mailboxId) && { $min: { hiddenSince: at } }) };
      });
      if (updates.length > 0) await onceMoreIfDuplicate(() => coverage.bulkWrite(updates, { ordered: false }));
    },

    async mailboxes(organizationId: string, integrationId: string): Promise<MailboxCoverage[]> {
      const found = await coverage
        .find({ organizationId, integrationId, kind: 'mailbox' })
        .sort({ mailboxId: 1 })
        .lean();
      return found.map((document: unknown) => mailboxSchema.parse(document));
    },
  };
}
