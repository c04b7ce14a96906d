import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { WhatIfPlace } from '../domain/what-if.ts';
import { insightModel, MAIN_ISSUE } from './insight-schema.ts';

const placeSchema = z.object({ integrationId: z.string(), conversationId: z.number() });

/** The classified conversations of a time, by when customers wrote. */
export function createInsightWindowStore(connection: Connection) {
  const model = insightModel(connection);
  const match = (organizationId: string, from: Date, to: Date) => ({
    organizationId,
    issue: MAIN_ISSUE,
    reportedAt: { $gte: from, $lt: to },
  });
  return {
    count: (organizationId: string, from: Date, to: Date): Promise<number> =>
      model.countDocuments(match(organizationId, from, to)),

    /** The next conversations after a place, in the order of their ids, so that new ones move nothing. */
    async next(
      organizationId: string,
      { from, to, after, limit }: { from: Date; to: Date; after: WhatIfPlace | null; limit: number },
    ): Promise<WhatIfPlace[]> {
      const beyond = after && {
        $or: [
          { integrationId: { $gt: after.integrationId } },
          { integrationId: after.integrationId, conversationId: { $gt: after.conversationId } },
        ],
      };
      const found = await model
        .find({ ...match(organizationId, from, to), ...beyond }, { integrationId: 1, conversationId: 1 })
        .sort({ integrationId: 1, conversationId: 1 })
        .limit(limit)
        .lean();
      return found.map((one) => placeSchema.parse(one));
    },
  };
}
