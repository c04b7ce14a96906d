import { type Connection, Schema } from 'mongoose';
import { onceMoreIfDuplicate } from './duplicate-key.ts';
import { createRecent } from './recent.ts';

/** Deliveries come in bursts; pages show minutes. */
const NOTED_EVERY_MS = 10_000;

const schema = new Schema(
  {
    /** Organization and integration. */
    _id: { type: String, required: true },
    webhookAt: { type: Date, required: true },
  },
  { versionKey: false },
);

const MISSED_KEPT_SECONDS = 30 * 24 * 3600;

const missedSchema = new Schema(
  {
    /** Organization and row of the log. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    at: { type: Date, required: true },
    missed: { type: Number, required: true },
  },
  { versionKey: false },
);
missedSchema.index({ organizationId: 1, at: 1 });
missedSchema.index({ at: 1 }, { expireAfterSeconds: MISSED_KEPT_SECONDS });

/** When Help Scout's webhooks last reached each integration, and what they did not tell. */
export function createArrivalStore(connection: Connection) {
  const model = connection.model('Arrival', schema, 'arrivals');
  const misses = connection.model('MissedByWebhooks', missedSchema, 'missedByWebhooks');
  /** What this process has noted: of a burst, one write is enough. */
  const noted = createRecent<number>();
  const idOf = (organizationId: string, integrationId: string) => `${organizationId}/${integrationId}`;

  return {
    /** A delivery with a good signature came. To the next ten seconds. */
    async noteWebhook(organizationId: string, integrationId: string, at: Date): Promise<void> {
      const _id = idOf(organizationId, integrationId);
      const last = noted.get(_id);
      if (last !== undefined && Math.abs(at.getTime() - last) < NOTED_EVERY_MS) return;
      noted.set(_id, at.getTime());
      await model.updateOne({ _id }, { $max: { webhookAt: at } }, { upsert: true });
    },

    /** A comparison, known by its row of the log, found conversations that no webhook had told about. Safe to repeat. */
    async noteMissed(organizationId: string, { eventId, missed }: { eventId: string; missed: number }): Promise<void> {
      const noted = { organizationId, at: new Date(), missed };
      await onceMoreIfDuplicate(() =>
        misses.updateOne({ _id: `${organizationId}/${eventId}` }, { $setOnInsert: noted }, { upsert: true }),
      );
    },

    /** How many conversations were missed since then, at most for 30 days. */
    async missedSince(organizationId: string, since: Date): Promise<number> {
      const [sum]: { missed: number }[] = await misses.aggregate([
        { $match: { organizationId, at: { $gte: since } } },
        { $group: { _id: null, missed: { $sum: '$missed' } } },
      ]);
      return sum?.missed ?? 0;
    },

    /** Null when none ever came. */
    async lastWebhookAt(organizationId: string, integrationId: string): Promise<Date | null> {
      return (await model.findById(idOf(organizationId, integrationId)).lean())?.webhookAt ?? null;
    },
  };
}
