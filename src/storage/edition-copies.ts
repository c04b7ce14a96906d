import { type Connection, Schema } from 'mongoose';
import { z } from 'zod';
import { byConversation, type ConversationMark, type InsightDocument, inBatches, markOf } from './edition-documents.ts';
import { carryPatterns } from './edition-patterns.ts';

const AT_ONCE = 200;

const schema = new Schema(
  {
    organizationId: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    integrationId: { type: String, required: true },
    conversationId: { type: Number, required: true },
    said: { type: String, required: true },
    placed: { type: String, required: true },
  },
  { versionKey: false },
);
schema.index({ organizationId: 1, from: 1, to: 1, integrationId: 1, conversationId: 1 }, { unique: true });

const markSchema = z.object({
  ...{ integrationId: z.string(), conversationId: z.number(), said: z.string(), placed: z.string() },
});
type Marks = Map<string, ConversationMark>;
interface Way {
  organizationId: string;
  /** Keys of editions (storage/editions.ts). */
  from: string;
  to: string;
}
const placeOf = ({ integrationId, conversationId }: Pick<InsightDocument, 'integrationId' | 'conversationId'>) =>
  `${integrationId}/${conversationId}`;

/**
 * Copies of everything that makes an edition, and what is to be carried from one to another afterwards. A mark says how
 * a conversation of `from` was when `to` had last got it: what differs from its mark has changed since.
 */
export function createEditionCopyStore(connection: Connection) {
  const marks = connection.model('EditionMark', schema, 'editionMarks');
  const insights = () => connection.collection('insights');
  const patterns = () => connection.collection('patterns');
  const conversationsOf = (key: string) =>
    inBatches(
      byConversation(insights().find({ organizationId: key }).sort({ integrationId: 1, conversationId: 1, issue: 1 })),
      AT_ONCE,
    );

  const marksOf = async ({ organizationId, from, to }: Way, batch: readonly InsightDocument[][]): Promise<Marks> => {
    const conversationId = { $in: batch.flatMap(([first]) => (first ? [first.conversationId] : [])) };
    const found = await marks.find({ organizationId, from, to, conversationId }).lean();
    return new Map(found.map((one) => [placeOf(one), markSchema.parse(one)]));
  };

  const saveMarks = async (way: Way, conversations: readonly InsightDocument[][]): Promise<void> => {
    const writes = conversations.flatMap((issues) => {
      const [first] = issues;
      if (!first) return [];
      const { integrationId, conversationId } = first;
      return [
        {
          updateOne: {
            filter: { ...way, integrationId, conversationId },
            update: { $set: markOf(issues) },
            upsert: true,
          },
        },
      ];
    });
    if (writes.length > 0) await marks.bulkWrite(writes, { ordered: false });
  };

  const replaceConversations = async (key: string, conversations: readonly InsightDocument[][]): Promise<void> => {
    const writes = conversations.flatMap((issues) => {
      const [first] = issues;
      if (!first) return [];
      const { integrationId, conversationId } = first;
      const place = { organizationId: key, integrationId, conversationId };
      return [
        ...issues.map(({ _id, ...issue }) => ({
          replaceOne: {
            filter: { ...place, issue: issue.issue },
            replacement: { ...issue, organizationId: key },
            upsert: true,
          },
        })),
        { deleteMany: { filter: { ...place, issue: { $nin: issues.map(({ issue }) => issue) } } } },
      ];
    });
    if (writes.length > 0) await insights().bulkWrite(writes);
  };

  const moveIssues = async (key: string, conversations: readonly InsightDocument[][]): Promise<void> => {
    const writes = conversations.flat().map(({ integrationId, conversationId, issue, patternId }) => ({
      updateOne: {
        filter: { organizationId: key, integrationId, conversationId, issue: issue === 0 ? { $in: [0, null] } : issue },
        update: { $set: { patternId } },
      },
    }));
    if (writes.length > 0) await insights().bulkWrite(writes, { ordered: false });
  };

  return {
    /** Removes an edition with all that is known about it. */
    async remove(organizationId: string, key: string): Promise<void> {
      await marks.deleteMany({ organizationId, $or: [{ from: key }, { to: key }] });
      await insights().deleteMany({ organizationId: key });
      await patterns().deleteMany({ organizationId: key });
    },

    /** Makes `to` a copy of `from`; what was there under that key before is gone. */
    async copy(way: Way): Promise<void> {
      await this.remove(way.organizationId, way.to);
      for await (const batch of inBatches(patterns().find({ organizationId: way.from }), AT_ONCE)) {
        await patterns().insertMany(batch.map(({ _id, ...pattern }) => ({ ...pattern, organizationId: way.to })));
      }
      for await (const batch of conversationsOf(way.from)) {
        await insights().insertMany(batch.flat().map(({ _id, ...issue }) => ({ ...issue, organizationId: way.to })));
        await saveMarks(way, batch);
      }
    },

    /** Writes all issues of some conversations in place of those they have under a key. */
    replace: replaceConversations,

    /** Notes how `from` is now, as what `to` need not be given any more. */
    async mark(way: Way): Promise<void> {
      for await (const batch of conversationsOf(way.from)) await saveMarks(way, batch);
    },

    /**
     * Carries what has changed in `from` since it was copied or marked: whole conversations that were classified or judged
     * anew, for others where people put them. What changed in `to` too stays as it is there, when `toWins`.
     * @returns the patterns whose counts may have changed in `to`
     */
    async carry(way: Way, { toWins }: { toWins: boolean }): Promise<string[]> {
      const back = { organizationId: way.organizationId, from: way.to, to: way.from };
      const touched = new Set<string>();
      for await (const batch of conversationsOf(way.from)) {
        const known = await marksOf(way, batch);
        const changed = batch.filter((issues) => {
          const mark = issues[0] && known.get(placeOf(issues[0]));
          const now = markOf(issues);
          return mark?.said !== now.said || mark.placed !== now.placed;
        });
        if (changed.length === 0) continue;
        const there = await issuesAt(way.to, changed);
        const thereMarks = await marksOf(back, changed);
        const carried = changed.filter((issues) => {
          const [first] = issues;
          const others = first && there.get(placeOf(first));
          if (!first || !others || !toWins) return true;
          const mark = thereMarks.get(placeOf(first));
          const now = markOf(others);
          return mark?.said === now.said && mark.placed === now.placed;
        });
        const isMoved = (issues: InsightDocument[]) =>
          issues[0] !== undefined && known.get(placeOf(issues[0]))?.said === markOf(issues).said;
        for (const issues of carried) {
          const others = issues[0] ? (there.get(placeOf(issues[0])) ?? []) : [];
          for (const { patternId } of [...issues, ...others]) if (patternId) touched.add(patternId);
        }
        await replaceConversations(
          way.to,
          carried.filter((issues) => !isMoved(issues)),
        );
        await moveIssues(way.to, carried.filter(isMoved));
        await saveMarks(way, changed);
        await saveMarks(back, [...(await issuesAt(way.to, carried)).values()]);
      }
      for (const id of await carryPatterns(patterns(), way, [...touched])) touched.add(id);
      return [...touched];
    },
  };

  async function issuesAt(key: string, conversations: readonly InsightDocument[][]) {
    const conversationId = { $in: conversations.flatMap(([first]) => (first ? [first.conversationId] : [])) };
    const found = insights().find({ organizationId: key, conversationId });
    const all = new Map<string, InsightDocument[]>();
    const sorted = found.sort({ integrationId: 1, conversationId: 1, issue: 1 });
    for await (const issues of byConversation(sorted)) if (issues[0]) all.set(placeOf(issues[0]), issues);
    return all;
  }
}
