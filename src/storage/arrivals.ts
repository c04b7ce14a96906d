import { type Connection, Schema } from 'mongoose';
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

/** When Help Scout's webhooks last reached each integration. */
export function createArrivalStore(connection: Connection) {
  const model = connection.model('Arrival', schema, 'arrivals');
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

    /** Null when none ever came. */
    async lastWebhookAt(organizationId: string, integrationId: string): Promise<Date | null> {
      return (await model.findById(idOf(organizationId, integrationId)).lean())?.webhookAt ?? null;
    },
  };
}
