import { type Connection, Schema } from 'mongoose';
import { type ChannelSettings, channelSettingsSchema } from '../domain/notification-channel.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

const schema = new Schema(
  {
    /** The organization. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    email: { type: Schema.Types.Mixed, default: null },
    webhook: { type: Schema.Types.Mixed, default: null },
  },
  { versionKey: false, minimize: false },
);

/** Where each organization's notifications go besides the inbox. The chat's address is ciphertext. */
export function createNotificationChannelStore(connection: Connection) {
  const model = connection.model('NotificationChannels', schema, 'notificationChannels');
  return {
    async get(organizationId: string): Promise<ChannelSettings> {
      const found = await model.findById(organizationId).lean();
      return channelSettingsSchema.parse(found ?? { email: null, webhook: null });
    },

    /** Organizations with a channel that is on. */
    async organizationIds(): Promise<string[]> {
      const found = await model.find({ $or: [{ 'email.on': true }, { 'webhook.on': true }] }, { _id: 1 }).lean();
      return found.map(({ _id }) => _id);
    },

    /** Replaces what is named. */
    async save(organizationId: string, channels: Partial<ChannelSettings>): Promise<void> {
      const update = { $set: channels, $setOnInsert: { organizationId } };
      await onceMoreIfDuplicate(() => model.updateOne({ _id: organizationId }, update, { upsert: true }));
    },
  };
}
