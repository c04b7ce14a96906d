import type { RateBudget } from '../../src/helpscout/client.ts';
import type { DocsBudget } from '../../src/helpscout/docs/client.ts';

/** Budgets that always have room. */
export const unlimited: RateBudget & DocsBudget = { reserve: async () => null, settle: async () => {} };
