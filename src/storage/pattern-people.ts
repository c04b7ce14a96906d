import type { Connection } from 'mongoose';
import type { Insight } from '../domain/insight.ts';
import { type Pattern, type PatternState, patternDecidedSchema, patternSchema } from '../domain/pattern.ts';
import { decidedOf } from '../domain/pattern-decided.ts';
import type { PatternDecision } from '../domain/pattern-decision.ts';
import type { PatternLinks } from '../domain/pattern-links.ts';
import { onceMoreIfDuplicate } from './duplicate-key.ts';
import { literal } from './paging.ts';
import { TAKING_UP } from './pattern-candidates.ts';

/** What a list of patterns in a state asks for; merged ones are in no list. */
export const PATTERN_STATE_QUERY: Readonly<Record<PatternState, object>> = {
  open: {
    'decided.dismissed': null,
    // A snooze is over by itself when the count is reached; a pattern without one compares with nothing.
    $or: [{ 'decided.snoozed': null }, { $expr: { $gte: ['$conversations', '$decided.snoozed.until'] } }],
  },
  snoozed: {
    'decided.snoozed': { $ne: null },
    $expr: { $lt: ['$conversations', '$decided.snoozed.until'] },
  },
  dismissed: { 'decided.dismissed': { $ne: null } },
};

/** A stored pattern as people see it: what they said before what was computed. */
export function toPattern(document: object): Pattern {
  const pattern = patternSchema.parse(document);
  const { title, category } = pattern.decided;
  return { ...pattern, title: title ?? pattern.title, category: category ?? pattern.category };
}

/** The side of the patterns collection that people's decisions change. */
export function createPatternPeople(connection: Connection) {
  const patterns = () => connection.collection('patterns');
  return {
    /** Keeps, with each pattern, what holds of it by what people said of it and what it is merged into. */
    async saveDecided(
      organizationId: string,
      patternIds: readonly string[],
      labels: readonly PatternDecision[],
      links: Pick<PatternLinks, 'rootOf'>,
    ): Promise<void> {
      if (patternIds.length === 0) return;
      await patterns().bulkWrite(
        patternIds.map((patternId) => {
          const decided = patternDecidedSchema.parse(decidedOf(patternId, labels, links));
          return { updateOne: { filter: { organizationId, patternId }, update: { $set: { decided } } } };
        }),
        { ordered: false },
      );
    },

    /** Makes a pattern that a split began, named after one of its messages until a run describes it. Safe to repeat. */
    async start(organizationId: string, patternId: string, first: Insight): Promise<void> {
      const { integrationId, category, subject, reportedAt } = first;
      await onceMoreIfDuplicate(() =>
        patterns().updateOne(
          { organizationId, patternId },
          {
            $setOnInsert: {
              ...{ integrationId, category: category ?? 'question', title: subject, conversations: 0, customers: 0 },
              ...{ firstReportedAt: reportedAt, lastReportedAt: reportedAt, indexTerms: [], described: 0 },
              centroid: JSON.stringify({ terms: [], members: 0 }),
            },
          },
          { upsert: true },
        ),
      );
    },

    /** Notes that a person took members out of patterns, or put some in: their words and centroids are made anew. */
    async markStale(organizationId: string, patternIds: readonly string[]): Promise<void> {
      if (patternIds.length === 0) return;
      await patterns().updateMany({ organizationId, patternId: { $in: [...patternIds] } }, { $set: { stale: true } });
    },

    /** Patterns whose words and centroids have to be made anew. */
    async stale(organizationId: string, integrationId: string, limit: number): Promise<Pattern[]> {
      const wanted = { organizationId, integrationId, stale: { $in: [true, TAKING_UP] }, conversations: { $gt: 0 } };
      return (await patterns().find(wanted).limit(limit).toArray()).map(toPattern);
    },

    /** Stores a pattern's words as computed (none: they stay); what a person said is shown before them. */
    async saveText(
      organizationId: string,
      patternId: string,
      text: { title?: string; summary?: string },
    ): Promise<void> {
      await patterns().updateOne({ organizationId, patternId }, { $set: { ...text, stale: false } });
    },

    /** Notes that nothing is left in some patterns. */
    async saveEmpty(organizationId: string, patternIds: readonly string[]): Promise<void> {
      if (patternIds.length === 0) return;
      const wanted = { organizationId, patternId: { $in: [...patternIds] } };
      await patterns().updateMany(wanted, { $set: { conversations: 0, customers: 0 } });
    },

    /** Patterns whose title holds a text, most customers first: what a pattern can be merged with. */
    async search(organizationId: string, integrationId: string, text: string, limit: number): Promise<Pattern[]> {
      const named = text === '' ? {} : { $or: [{ title: literal(text) }, { 'decided.title': literal(text) }] };
      const found = await patterns()
        .find({ organizationId, integrationId, conversations: { $gt: 0 }, 'decided.mergedInto': null, ...named })
        .sort({ customers: -1, conversations: -1, patternId: 1 })
        .limit(limit)
        .toArray();
      return found.map(toPattern);
    },
  };
}
