import { type Connection, Schema } from 'mongoose';
import { type MessageState, messageIdOf, type RecordMessage, recordMessageSchema } from '../domain/record-message.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';

/** What is sent because of such a write must not be forgotten by a crash. */
const DURABLE = { w: 'majority', j: true } as const;

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    messageId: { type: String, required: true },
    integrationId: { type: String, required: true },
    recordId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    kind: { type: String, required: true },
    text: { type: String, required: true },
    marker: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    customerEmail: { type: String, default: null },
    state: { type: String, required: true },
    threadId: { type: Number, default: null },
    /** When it went out and it is not known what became of it. */
    outstandingAt: { type: Date, default: null },
    /** When its workflow was last started, as far as we heard. */
    startedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, messageId: 1 }, { unique: true });
schema.index({ organizationId: 1, recordId: 1, conversationId: 1 });
/** For the sweep, which serves all organizations. */
schema.index({ state: 1, startedAt: 1, at: 1 });

const toMessage = (document: object): RecordMessage => recordMessageSchema.parse(document);

/** What customers' conversations are told about bug reports and feature requests, and how far that is. */
export function createRecordMessageStore(connection: Connection) {
  const model = connection.model('RecordMessage', schema, 'recordMessages');
  const update = async (organizationId: string, messageId: string, filter: object, set: object) =>
    (await model.updateOne({ organizationId, messageId, ...filter }, { $set: set }, { writeConcern: DURABLE }))
      .matchedCount > 0;

  return {
    /** Takes a message for good. @returns the one that is there, and whether it was there before */
    async accept(
      organizationId: string,
      given: Omit<RecordMessage, 'messageId' | 'organizationId' | 'state' | 'threadId'>,
    ): Promise<{ message: RecordMessage; repeated: boolean }> {
      const messageId = messageIdOf(given);
      const key = { organizationId, messageId };
      const added = await onceMoreIfDuplicate(() =>
        model.updateOne(
          key,
          { $setOnInsert: { ...given, state: 'accepted' } },
          { upsert: true, writeConcern: DURABLE },
        ),
      );
      const message = toMessage((await model.findOne(key).lean()) ?? {});
      return { message, repeated: added.upsertedCount === 0 };
    },

    async get(organizationId: string, messageId: string): Promise<RecordMessage | null> {
      const found = await model.findOne({ organizationId, messageId }).lean();
      return found ? toMessage(found) : null;
    },

    async ofRecord(organizationId: string, recordId: string): Promise<RecordMessage[]> {
      const found = await model.find({ organizationId, recordId }).sort({ at: 1 }).lean();
      return found.map(toMessage);
    },

    async markStarted(organizationId: string, messageId: string, at: Date): Promise<void> {
      await update(organizationId, messageId, {}, { startedAt: at });
    },

    /** Accepted before a time, of all organizations, and not heard of as started: what the sweep looks after. */
    async unstarted(before: Date, limit: number): Promise<RecordMessage[]> {
      const found = await model
        .find({ state: 'accepted', startedAt: null, at: { $lt: before } })
        .sort({ at: 1 })
        .limit(limit)
        .lean();
      return found.map(toMessage);
    },

    /** When it went out and nobody knows what became of it, or null. */
    async outstandingAt(organizationId: string, messageId: string): Promise<Date | null> {
      return (await model.findOne({ organizationId, messageId }, { outstandingAt: 1 }).lean())?.outstandingAt ?? null;
    },

    /**
     * To be called right before it is sent, with what `outstandingAt` was when that was decided.
     * @returns false when another try was faster: then nothing must be sent
     */
    markOutgoing: (organizationId: string, messageId: string, before: Date | null, at: Date): Promise<boolean> =>
      update(organizationId, messageId, { outstandingAt: before, threadId: null }, { outstandingAt: at }),

    /** Help Scout refused it: there is nothing to look for. */
    async markRefused(organizationId: string, messageId: string, sentAt: Date): Promise<void> {
      await update(organizationId, messageId, { outstandingAt: sentAt }, { outstandingAt: null });
    },

    async markSent(organizationId: string, messageId: string, threadId: number): Promise<void> {
      await update(organizationId, messageId, { threadId: null }, { threadId, state: 'sent', outstandingAt: null });
    },

    /** Why it waits, or that it was given up. What is sent stays sent. */
    async settleState(organizationId: string, messageId: string, state: Extract<MessageState, 'failed' | 'dismissed'>) {
      await update(organizationId, messageId, { threadId: null }, { state });
    },
  };
}
