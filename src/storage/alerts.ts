import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { type AlertRule, alertRuleSchema } from '../domain/notification.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const schema = new Schema(
  {
    /** Organization and rule. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    rule: { type: String, required: true },
    since: { type: Date, required: true },
    told: { type: [String], default: [] },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1 });

const alertSchema = z.object({
  rule: alertRuleSchema,
  /** When it began; names the alert in notifications. */
  since: z.date(),
  /** Of a rule about single things: those that a notification has told of, and that still are as they were. */
  told: z.array(z.string()),
});
/** A rule that is broken right now. */
export type Alert = z.infer<typeof alertSchema>;

/** Which alert rules are broken right now: one document for as long as that lasts. */
export function createAlertStore(connection: Connection) {
  const model = connection.model('Alert', schema, 'alerts');
  const idOf = (organizationId: string, rule: AlertRule) => `${organizationId}/${rule}`;

  return {
    async list(organizationId: string): Promise<Alert[]> {
      const found = await model.find({ organizationId }).sort({ since: 1 }).lean();
      return found.map((document) => alertSchema.parse(document));
    },

    /** Notes that a rule is broken, and what was told. One that was already keeps its beginning. */
    async begin(organizationId: string, rule: AlertRule, { at, told = [] }: { at: Date; told?: string[] }) {
      const _id = idOf(organizationId, rule);
      const update = { $set: { told }, $setOnInsert: { organizationId, rule, since: at } };
      await onceMoreIfDuplicate(() => model.updateOne({ _id }, update, { upsert: true }));
      return alertSchema.parse(await model.findById(_id).lean());
    },

    async end(organizationId: string, rule: AlertRule): Promise<void> {
      await model.deleteOne({ _id: idOf(organizationId, rule) });
    },
  };
}
