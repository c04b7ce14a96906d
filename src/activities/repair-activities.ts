import { heartbeat } from '@temporalio/activity';
import { indexTermsOf } from '../patterns/centroid.ts';
import { inboxThreshold, NEW_INBOX } from '../patterns/inbox-level.ts';
import { ASK_FROM, type Join, type RepairPattern, repair } from '../patterns/repair.ts';
import type { StoredCandidate } from '../storage/pattern-candidates.ts';
import { settlePatterns } from '../storage/settle-patterns.ts';
import type { Scope } from '../workflows/contract.ts';
import { confirmByClaude } from './confirm-patterns.ts';
import type { ActivityDeps } from './deps.ts';

/** So many patterns that changed are compared with their neighbours at once: some 10,000 centroids, 100 MB. */
const PATTERNS_AT_ONCE = 250;

const WHY = 'Their conversations turned out to be about the same';
const WHY_CONFIRMED = 'Their conversations are alike, and Claude found them to be about the same';

/** Joins patterns that a later view shows to be the same, and suggests those that a person has to decide on. */
export function createRepairActivities(
  deps: Pick<ActivityDeps, 'storage' | 'now'> & Partial<Pick<ActivityDeps, 'classifierOf' | 'sameIssueOf'>>,
) {
  const { storage, now, classifierOf, sameIssueOf } = deps;

  /** Patterns with those that share keys with them; merged ones stand for what they were merged into. */
  async function withNeighbours({ organizationId, integrationId }: Scope, changed: readonly StoredCandidate[]) {
    const loaded = new Map(changed.map((one) => [one.patternId, one]));
    const neighbours = new Map<string, string[]>();
    for (const { patternId, centroid } of changed) {
      const near = await storage.patterns.near(organizationId, integrationId, indexTermsOf(centroid));
      neighbours.set(patternId, near.patternIds);
      heartbeat();
    }
    const near = [...new Set([...neighbours.values()].flat())];
    const roots = await storage.patternLinks.resolve(organizationId, [...loaded.keys(), ...near]);
    const rootOf = (patternId: string) => roots.get(patternId) ?? patternId;
    const missing = near.map(rootOf).filter((patternId) => !loaded.has(patternId));
    for (const one of await storage.patterns.candidatesById(organizationId, [...new Set(missing)])) {
      loaded.set(one.patternId, one);
    }
    return [...loaded.values()]
      .filter(({ patternId }) => rootOf(patternId) === patternId)
      .map(({ patternId, centroid }): RepairPattern => {
        const own = (neighbours.get(patternId) ?? []).map(rootOf).filter((id) => id !== patternId);
        return { patternId, centroid, neighbours: [...new Set(own)] };
      });
  }

  /** Decisions first: what was decided but not stored yet is stored by whoever looks next. */
  async function join({ organizationId, integrationId }: Scope, joins: readonly Join[]): Promise<void> {
    for (const { from, into, centroid, confirmed } of joins) {
      const change = { kind: 'merge', from, into } as const;
      await storage.patterns.takeUp(organizationId, into);
      const decisionId = `repair/${organizationId}/${from}/${into}`;
      await storage.patternDecisions.add(organizationId, {
        ...{ decisionId, integrationId, at: now(), by: null, reason: confirmed ? WHY_CONFIRMED : WHY, change },
      });
      await storage.patterns.saveCentroid(organizationId, into, centroid);
      heartbeat();
    }
    // Also what an earlier try had decided and was stopped before it could store.
    await settlePatterns(storage, organizationId, integrationId);
  }

  return {
    /** The connections whose patterns changed since they were last compared with each other. */
    async listRepairs(): Promise<Scope[]> {
      return storage.patterns.unrepairedScopes();
    },

    /**
     * Compares some patterns that changed with their neighbours. What nobody decided about is joined, with an entry in the
     * history; all else that looks alike becomes a suggestion. Safe to repeat.
     * @returns counts, and whether more patterns wait
     */
    async repairPatterns(scope: Scope): Promise<{ joined: number; suggested: number; more: boolean }> {
      const { organizationId, integrationId } = scope;
      const changed = await storage.patterns.unrepaired(organizationId, integrationId, PATTERNS_AT_ONCE);
      const all = await withNeighbours(scope, changed);
      const ids = all.map(({ patternId }) => patternId);
      const touched = await storage.patternLinks.touched(organizationId, ids);
      const apart = await storage.patternLinks.cannotLink(organizationId, integrationId, ids);
      const never = new Set(apart.flatMap(([a, b]) => [pairKey(a, b), pairKey(b, a)]));
      const inbox = await storage.termCounts.get(organizationId, integrationId);
      const threshold = inboxThreshold(inbox?.level ?? NEW_INBOX);
      const confirm =
        classifierOf &&
        (await confirmByClaude({ storage, now, classifierOf, ...(sameIssueOf && { sameIssueOf }) }, scope));
      const { joins, suggestions } = await repair(all, {
        confirm,
        threshold,
        askFrom: ASK_FROM * threshold,
        mayJoin: (a, b) => !touched.has(a) && !touched.has(b),
        never: (a, b) => never.has(pairKey(a, b)),
      });
      await join(scope, joins);
      for (const { from, into, similarity } of suggestions) {
        await storage.patternSuggestions.suggest(organizationId, integrationId, [from, into], similarity, now());
        heartbeat();
      }
      await storage.patterns.markRepaired(organizationId, changed);
      const more = changed.length === PATTERNS_AT_ONCE;
      return { joined: joins.length, suggested: suggestions.length, more };
    },
  };
}

const pairKey = (a: string, b: string) => JSON.stringify([a, b]);
