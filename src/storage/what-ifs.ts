import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { Category } from '../domain/category.ts';
import {
  WHAT_IF_CHANGES,
  type WhatIf,
  type WhatIfChange,
  type WhatIfItem,
  type WhatIfPlace,
  type WhatIfState,
  whatIfItemSchema,
  whatIfSchema,
} from '../domain/what-if.ts';
import { whatIfDocument, whatIfItemDocument } from './what-if-schemas.ts';

export interface WhatIfItemFilter {
  all?: true;
  change?: WhatIfChange | undefined;
  before?: Category | undefined;
  after?: Category | undefined;
}
export interface WhatIfSummary {
  /** Conversations that would be seen otherwise. */
  differing: number;
  /** Conversations that the classifier was asked about anew. */
  asked: number;
  costUsd: number;
  changes: Record<WhatIfChange, number>;
}
type Patch = Partial<
  Pick<WhatIf, 'state' | 'problem' | 'done' | 'total' | 'after' | 'former' | 'decidedBy' | 'endedAt'>
>;

/** What-if runs, and what each conversation came to in them. Nothing here is part of what people see as insights. */
export function createWhatIfStore(connection: Connection) {
  const runs = connection.model('WhatIf', whatIfDocument, 'whatIfs');
  const items = connection.model('WhatIfItem', whatIfItemDocument, 'whatIfItems');
  const toWhatIf = ({ _id, ...rest }: { _id: string }): WhatIf => whatIfSchema.parse({ ...rest, whatIfId: _id });

  return {
    async create({ whatIfId, ...whatIf }: WhatIf): Promise<void> {
      await runs.create({ _id: whatIfId, ...whatIf });
    },

    async get(organizationId: string, whatIfId: string): Promise<WhatIf | null> {
      const found = await runs.findOne({ _id: whatIfId, organizationId }).lean();
      return found ? toWhatIf(found) : null;
    },

    /** Newest first. */
    async list(organizationId: string, limit: number): Promise<WhatIf[]> {
      return (await runs.find({ organizationId }).sort({ createdAt: -1, _id: -1 }).limit(limit).lean()).map(toWhatIf);
    },

    /** Changes a run that is in one of some states. @returns whether it was */
    async change(organizationId: string, whatIfId: string, states: readonly WhatIfState[], patch: Patch) {
      const wanted = { _id: whatIfId, organizationId, state: { $in: [...states] } };
      return (await runs.updateOne(wanted, { $set: patch })).matchedCount > 0;
    },

    /** Takes a run out of the list, as when it could not be started. */
    async remove(organizationId: string, whatIfId: string): Promise<void> {
      await runs.deleteOne({ _id: whatIfId, organizationId });
    },

    async putItem(organizationId: string, whatIfId: string, item: WhatIfItem, createdAt: Date): Promise<void> {
      const { integrationId, conversationId, ...rest } = item;
      await items.updateOne(
        { organizationId, whatIfId, integrationId, conversationId },
        { $set: { ...rest, createdAt } },
        { upsert: true },
      );
    },

    /** Which conversations of an integration have an item already. */
    async known(organizationId: string, whatIfId: string, integrationId: string, conversationIds: readonly number[]) {
      const wanted = { organizationId, whatIfId, integrationId, conversationId: { $in: [...conversationIds] } };
      const found = await items.find(wanted, { conversationId: 1 }).lean();
      return new Set(found.map(({ conversationId }) => conversationId));
    },

    /** What conversations came to, in the order of their ids: only those that would be seen otherwise, if not `all`. */
    async items(
      organizationId: string,
      whatIfId: string,
      { all, change, before, after }: WhatIfItemFilter,
      page: { after?: WhatIfPlace | undefined; limit: number },
    ): Promise<WhatIfItem[]> {
      const beyond = page.after && {
        $or: [
          { integrationId: { $gt: page.after.integrationId } },
          { integrationId: page.after.integrationId, conversationId: { $gt: page.after.conversationId } },
        ],
      };
      const wanted = {
        ...{ organizationId, whatIfId, ...beyond },
        ...(!all && { changes: change ?? { $in: [...WHAT_IF_CHANGES] } }),
        ...(before && { categoryBefore: before }),
        ...(after && { categoryAfter: after }),
      };
      const found = await items.find(wanted).sort({ integrationId: 1, conversationId: 1 }).limit(page.limit).lean();
      return found.map((one) => whatIfItemSchema.parse(one));
    },

    /** The patterns that conversations were in, or would be. */
    async patternIds(organizationId: string, whatIfId: string): Promise<string[]> {
      const found = await Promise.all(
        ['before.patternId', 'after.patternId'].map((field) => items.distinct(field, { organizationId, whatIfId })),
      );
      return [...new Set(z.array(z.string().nullable()).parse(found.flat()))].flatMap((id) => id ?? []);
    },

    async summary(organizationId: string, whatIfId: string): Promise<WhatIfSummary> {
      const one = (condition: unknown) => ({ $sum: { $cond: [condition, 1, 0] } });
      const rows = await items.aggregate([
        { $match: { organizationId, whatIfId } },
        {
          $group: {
            _id: null,
            ...{ differing: one({ $gt: [{ $size: '$changes' }, 0] }), asked: one('$asked') },
            costUsd: { $sum: '$costUsd' },
            ...Object.fromEntries(WHAT_IF_CHANGES.map((name) => [name, one({ $in: [name, '$changes'] })])),
          },
        },
      ]);
      const row: Record<string, unknown> = rows[0] ?? {};
      const number = (name: string) => z.number().catch(0).parse(row[name]);
      const changes = Object.fromEntries(WHAT_IF_CHANGES.map((name) => [name, number(name)]));
      return {
        ...{ differing: number('differing'), asked: number('asked'), costUsd: number('costUsd') },
        changes: z.record(z.enum(WHAT_IF_CHANGES), z.number()).parse(changes),
      };
    },

    /** Removes everything that a run came to. */
    async removeItems(organizationId: string, whatIfId: string): Promise<void> {
      await items.deleteMany({ organizationId, whatIfId });
    },
  };
}
