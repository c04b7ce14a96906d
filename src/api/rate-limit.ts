import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import type { Storage } from '../storage/storage.ts';

export interface RateLimitOptions {
  /** Collection that the counts are kept in. */
  collection: string;
  /** Tells the limits of one collection apart. */
  keyPrefix: string;
  /** Allowed in a window of `seconds`. */
  points: number;
  seconds: number;
}

/** The answer to one that was counted: whether it is allowed, what is left, and how long the window lasts. */
export interface Counted {
  allowed: boolean;
  remaining: number;
  msBeforeNext: number;
}

/** Counts by key, over all processes, in MongoDB. */
export function createRateLimit({ connection }: Storage, { collection, seconds, ...limit }: RateLimitOptions) {
  const limiter = new RateLimiterMongo({
    ...limit,
    storeClient: connection.getClient(),
    dbName: connection.name,
    tableName: collection,
    duration: seconds,
  });
  return {
    /** Counts one. A refusal is an answer; what the database throws is thrown. */
    async count(key: string): Promise<Counted> {
      try {
        const { remainingPoints, msBeforeNext } = await limiter.consume(key);
        return { allowed: true, remaining: remainingPoints, msBeforeNext };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { allowed: false, remaining: 0, msBeforeNext: refusal.msBeforeNext };
      }
    },

    /** Takes the counting of one back. */
    forgiveOne: async (key: string): Promise<void> => void (await limiter.reward(key)),

    forgiveAll: async (key: string): Promise<void> => void (await limiter.delete(key)),
  };
}

/** For people and `Retry-After`: at least one. */
export const secondsToWait = ({ msBeforeNext }: Counted): number => Math.max(1, Math.ceil(msBeforeNext / 1000));
