import type { OpenPatterns } from '../../src/activities/settle-insight.ts';

/** For tests that are not about patterns: every insight with a category starts its own. */
export const onePatternEach: OpenPatterns = async () => ({
  assign: async (issues) =>
    issues.map(
      ({ conversation: { conversationId }, insight: { category }, known }) =>
        known ?? (category && `pattern-${conversationId}`),
    ),
  touch: () => undefined,
  close: async () => undefined,
});
