import type { OpenPatterns } from '../../src/activities/settle-insight.ts';

/** For tests that are not about patterns: every insight with a category starts its own. */
export const onePatternEach: OpenPatterns = async () => ({
  assign: async ({ conversationId }, { category }, known) => known ?? (category && `pattern-${conversationId}`),
  touch: () => undefined,
  close: async () => undefined,
});
