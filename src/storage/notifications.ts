import { type Connection, Schema } from 'mongoose';
import { type Notification, notificationSchema } from '../domain/notification.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';
import { type Cursor, olderThan } from './paging.ts';

const KEPT_SECONDS = 90 * 24 * 3600;

const schema = new Schema(
  {
    /** Organization and notification. */
    _id: { type: String, required: true },
    organizationId: { type: String, required: true },
    notificationId: { type: String, required: true },
    kind: { type: String, required: true },
    topic: String,
    text: { type: String, required: true },
    href: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, at: -1, notificationId: -1 });
schema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });

const readSchema = new Schema(
  { _id: { type: String, required: true }, until: { type: Date, required: true } },
  { versionKey: false },
);

/** Notifications are an organization's; how far they were read is each member's. */
export function createNotificationStore(connection: Connection) {
  const model = connection.model('Notification', schema, 'notifications');
  const reads = connection.model('NotificationRead', readSchema, 'notificationReads');
  const readId = (organizationId: string, memberId: string) => `${organizationId}/${memberId}`;

  const store = {
    /** Adds one, unless it was added before. @returns whether it is new */
    async add(organizationId: string, notification: Notification): Promise<boolean> {
      const _id = `${organizationId}/${notification.notificationId}`;
      const added = await onceMoreIfDuplicate(() =>
        model.updateOne({ _id }, { $setOnInsert: { organizationId, ...notification } }, { upsert: true }),
      );
      return added.upsertedCount > 0;
    },

    /** Newest first. */
    async list(
      organizationId: string,
      page: { limit: number; cursor?: Cursor | undefined },
    ): Promise<{ notifications: Notification[]; next: Cursor | null }> {
      const found = await model
        .find({ organizationId, ...(page.cursor && olderThan('at', 'notificationId', page.cursor)) })
        .sort({ at: -1, notificationId: -1 })
        .limit(page.limit + 1)
        .lean();
      const notifications = found.slice(0, page.limit).map((document) => notificationSchema.parse(document));
      const last = notifications.at(-1);
      const next = found.length > page.limit && last ? { at: last.at, id: last.notificationId } : null;
      return { notifications, next };
    },

    /** Those of a time and later, oldest first. */
    async since(organizationId: string, at: Date): Promise<Notification[]> {
      // Not $gte: over an index that descends, one of the servers (SecantusDB) leaves out what is equal.
      const found = await model
        .find({ organizationId, at: { $gt: new Date(at.getTime() - 1) } })
        .sort({ at: 1, notificationId: 1 })
        .lean();
      return found.map((document) => notificationSchema.parse(document));
    },

    /** Up to when a member has read; null when never. */
    async readUntil(organizationId: string, memberId: string): Promise<Date | null> {
      return (await reads.findById(readId(organizationId, memberId)).lean())?.until ?? null;
    },

    /** A member has read everything up to a time; what came later stays unread, and what was read stays so. */
    async markRead(organizationId: string, memberId: string, until: Date): Promise<void> {
      const _id = readId(organizationId, memberId);
      await onceMoreIfDuplicate(() => reads.updateOne({ _id }, { $max: { until } }, { upsert: true }));
    },

    /** How many a member has not read yet. */
    async unreadCount(organizationId: string, memberId: string): Promise<number> {
      const until = await store.readUntil(organizationId, memberId);
      return model.countDocuments({ organizationId, ...(until && { at: { $gt: until } }) });
    },
  };
  return store;
}
