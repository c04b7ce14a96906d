import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { type Channel, channelSchema, DELIVERY_ERROR_CODES } from '../domain/notification-channel.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const KEPT_SECONDS = 90 * 24 * 3600;

const schema = new Schema(
  {
    /** Organization, channel and dispatch. */
    _id: { type: String, required: true },
    dispatchId: { type: String, required: true },
    organizationId: { type: String, required: true },
    channel: { type: String, required: true },
    notificationIds: { type: [String], required: true },
    state: { type: String, required: true },
    tries: { type: Number, required: true },
    errorCode: { type: String, default: null },
    createdAt: { type: Date, required: true },
    dueAt: { type: Date, default: null },
    endedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, channel: 1, createdAt: -1 });
schema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });

const dispatchSchema = z.object({
  dispatchId: z.string(),
  channel: channelSchema,
  notificationIds: z.array(z.string()),
  state: z.enum(['waiting', 'sent', 'failed']),
  tries: z.number().int(),
  errorCode: z.enum(DELIVERY_ERROR_CODES).nullable(),
  createdAt: z.date(),
  /** When it is tried next; null once it has ended. */
  dueAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});
/** Notifications that go to a channel together. */
export type Dispatch = z.infer<typeof dispatchSchema>;

/** What was sent where: written before it is sent, so that a try that is repeated sends the same under the same id. */
export function createNotificationDispatchStore(connection: Connection) {
  const model = connection.model('NotificationDispatch', schema, 'notificationDispatches');
  return {
    async open(
      organizationId: string,
      dispatch: Pick<Dispatch, 'dispatchId' | 'channel' | 'notificationIds' | 'createdAt'>,
    ): Promise<void> {
      const _id = `${organizationId}/${dispatch.channel}/${dispatch.dispatchId}`;
      const fresh = { ...dispatch, organizationId, state: 'waiting', tries: 0, dueAt: dispatch.createdAt };
      await onceMoreIfDuplicate(() => model.updateOne({ _id }, { $setOnInsert: fresh }, { upsert: true }));
    },

    /** Of a channel since a time, newest first. */
    async list(organizationId: string, channel: Channel, since: Date): Promise<Dispatch[]> {
      const found = await model
        .find({ organizationId, channel, createdAt: { $gte: since } })
        .sort({ createdAt: -1 })
        .lean();
      return found.map((document) => dispatchSchema.parse(document));
    },

    /** How a try has ended. */
    async settle(
      organizationId: string,
      { channel, dispatchId }: Pick<Dispatch, 'channel' | 'dispatchId'>,
      change: Pick<Dispatch, 'state' | 'tries' | 'errorCode' | 'dueAt' | 'endedAt'>,
    ): Promise<void> {
      await model.updateOne({ _id: `${organizationId}/${channel}/${dispatchId}` }, { $set: change });
    },
  };
}
