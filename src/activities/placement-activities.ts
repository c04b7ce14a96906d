import { activityInfo, heartbeat } from '@temporalio/activity';
import type { PlacementInput, Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { openPatternAssignment } from './pattern-assignment.ts';

/** So many issues are given their patterns at once: more than one conversation has. */
const ISSUES_AT_ONCE = 100;
/** Patterns that a try stopped halfway may have left uncounted. */
const PATTERNS_TO_RECOUNT = 250;

/** Gives a pattern to what got its category from a person: runs give theirs only to what they categorize themselves. */
export function createPlacementActivities({ storage }: Pick<ActivityDeps, 'storage'>) {
  return {
    /** The connections with issues that have a category and no pattern. */
    async listUnplaced(): Promise<Scope[]> {
      const scopes: Scope[] = [];
      for (const { organizationId } of await storage.organizations.list()) {
        const integrationIds = await storage.insights.unplacedIntegrations(organizationId);
        scopes.push(...integrationIds.map((integrationId) => ({ organizationId, integrationId })));
      }
      return scopes;
    },

    /**
     * Finds or starts the patterns of some issues, by conversation id from `from` on. Safe to repeat.
     * @returns how many were placed, and the conversation to go on from; null at the end
     */
    async placeIssues({ from, ...scope }: PlacementInput): Promise<{ placed: number; next: number | null }> {
      const { organizationId, integrationId } = scope;
      const found = await storage.insights.unplaced(organizationId, integrationId, from, ISSUES_AT_ONCE);
      const ids = [...new Set(found.map(({ conversationId }) => conversationId))];
      const stored = await storage.conversations.getMany(organizationId, integrationId, ids);
      const conversations = new Map(stored.map((one) => [one.conversationId, one]));
      const patterns = await openPatternAssignment(storage, scope);
      if (activityInfo().attempt > 1) {
        // The try before may have placed issues, and been stopped before it could count them.
        const uncounted = await storage.patterns.unrepaired(organizationId, integrationId, PATTERNS_TO_RECOUNT);
        for (const { patternId } of uncounted) patterns.touch(patternId);
      }
      const issues = found.flatMap((insight) => {
        const conversation = conversations.get(insight.conversationId);
        return conversation ? [{ conversation, insight, known: null }] : [];
      });
      const places = await patterns.assign(issues);
      heartbeat();
      const moves = issues.flatMap(({ insight: { conversationId, issue } }, at) => {
        const to = places[at];
        return to ? [{ conversationId, issue, from: null, to }] : [];
      });
      // Only where it has none still: a run that settled it meanwhile knows better.
      await storage.patternMembers.move(organizationId, integrationId, moves);
      for (const { to } of moves) patterns.touch(to);
      await patterns.close();
      return { placed: moves.length, next: found.length === ISSUES_AT_ONCE ? (ids.at(-1) ?? null) : null };
    },
  };
}
