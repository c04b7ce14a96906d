import { type Decider, openPattern } from '../../../src/api/commands/patterns/decide.ts';
import type { PatternMember } from '../../../src/domain/pattern-decision.ts';
import { recountPatterns } from '../../../src/storage/recount-patterns.ts';
import { settlePatterns, sweepPatterns } from '../../../src/storage/settle-patterns.ts';
import type { Storage } from '../../../src/storage/storage.ts';

export const TOPICS = ['export', 'invoice', 'login', 'printer'] as const;
export type Topic = (typeof TOPICS)[number];

/** One organization whose conversations arrive, are classified again, and are sorted by people. */
export function createPeopleAndRuns(storage: Storage, organizationId: string, integrationId = 'i1') {
  let clockMs = Date.parse('2026-03-01T08:00:00Z');
  const now = () => {
    clockMs += 60_000;
    return new Date(clockMs);
  };

  /** Where a run puts a text: what people said first, then where it was, then the pattern of its topic. */
  async function assign(conversationId: number, topic: Topic, known: string | null): Promise<string> {
    const pins = await storage.patternLinks.pins(organizationId, integrationId, [conversationId]);
    const candidates = await storage.patterns.candidates(organizationId, integrationId, [topic], 5);
    const [nearest] = candidates.map(({ patternId }) => patternId).sort();
    const patternId = pins.get(conversationId) ?? known ?? nearest ?? `${integrationId}-${conversationId}`;
    const roots = await storage.patternLinks.resolve(organizationId, [patternId]);
    if (!nearest) {
      await storage.patterns.saveCandidate(
        organizationId,
        integrationId,
        { patternId, title: topic, centroid: { terms: [[topic, 1]], members: 1 }, indexTerms: [topic] },
        { category: 'bug', reportedAt: now() },
      );
    }
    return roots.get(patternId) ?? patternId;
  }

  async function save(conversationId: number, patternId: string): Promise<void> {
    const at = now();
    await storage.insights.save(organizationId, {
      ...{ integrationId, conversationId, issue: 0, outcome: 'classified', category: 'bug', confidence: 0.9 },
      ...{ suggestedCategory: null, summary: '', productArea: null, severity: null, evidence: [] },
      ...{ classifier: { kind: 'offline', model: 'test' }, taxonomyVersion: 1, decisionId: null, review: 'none' },
      ...{ documentation: null, patternId, customerKey: `c${conversationId}@client.example`, subject: 'A subject' },
      ...{ mailboxId: 1, reportedAt: at, classifiedAt: at, contentHash: `${at.getTime()}` },
    });
  }

  const patternOf = async (conversationId: number): Promise<string | null> => {
    const [found] = await storage.insights.getMany(organizationId, integrationId, [conversationId]);
    return found?.patternId ?? null;
  };

  return {
    organizationId,
    integrationId,
    deps: { storage, now },
    decider: (reason = 'as people said'): Decider => ({ organizationId, by: 'ann@acme.example', reason }),
    patternOf,

    /** A run classifies a conversation: for the first time, again, or again without knowing where it was. */
    async run(conversationId: number, topic: Topic, { forgets = false, meanwhile = async () => {} } = {}) {
      const known = forgets ? null : await patternOf(conversationId);
      const patternId = await assign(conversationId, topic, known);
      await meanwhile();
      await save(conversationId, patternId);
      await recountPatterns(storage, organizationId, [patternId]);
      await sweepPatterns(storage, organizationId, integrationId, [conversationId]);
    },

    settle: () => settlePatterns(storage, organizationId, integrationId),
    pattern: (patternId: string) => openPattern({ storage }, organizationId, patternId),

    /** Conversations by pattern, as readers see them. */
    async membership(): Promise<Map<string, number[]>> {
      const { insights } = await storage.insights.list(organizationId, {}, { limit: 1000 });
      const groups = new Map<string, number[]>();
      for (const { conversationId, patternId } of insights) {
        if (patternId)
          groups.set(
            patternId,
            [...(groups.get(patternId) ?? []), conversationId].sort((a, b) => a - b),
          );
      }
      return groups;
    },
  };
}
export type PeopleAndRuns = ReturnType<typeof createPeopleAndRuns>;

export const member = (conversationId: number): PatternMember => ({ conversationId, issue: 0 });
