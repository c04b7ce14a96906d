import { MockActivityEnvironment } from '@temporalio/testing';
import { createRepairActivities } from '../../../src/activities/repair-activities.ts';
import { openInsightSettling } from '../../../src/activities/settle-insight.ts';
import { type Decider, openPattern } from '../../../src/api/commands/patterns/decide.ts';
import { textHash } from '../../../src/classify/text-hash.ts';
import type { Conversation } from '../../../src/domain/conversation.ts';
import type { Decision } from '../../../src/domain/decision.ts';
import type { PatternMember } from '../../../src/domain/pattern-decision.ts';
import { recountPatterns } from '../../../src/storage/recount-patterns.ts';
import { settlePatterns } from '../../../src/storage/settle-patterns.ts';
import type { Storage } from '../../../src/storage/storage.ts';
import { Killed } from './breaking-storage.ts';

/** What customers write about a topic: enough words in common to be one, and some of each message's own. */
const TEXTS = {
  export: 'The CSV export of the monthly report stops at half of the rows and the downloaded file is cut off',
  invoice: 'The invoice shows a wrong VAT number and our bookkeeper cannot accept the billing address on it',
  login: 'After the password reset the login page loops and single sign-on never opens the dashboard',
  printer: 'Labels come out blank on the thermal printer whenever the barcode font is selected for shipping',
} as const;
export type Topic = keyof typeof TEXTS;
export const TOPICS = ['export', 'invoice', 'login', 'printer'] as const;
const DETAILS = [
  'since Monday',
  'on two laptops',
  'for our Berlin office',
  'with the new version',
  'every single time',
];

export interface RunOptions {
  /** Whether it does not know where the conversations were, as one that begins anew. */
  forgets?: boolean;
  /** What people do while it runs. */
  meanwhile?: () => Promise<void>;
  /** Where it runs first: a process that may be killed. */
  on?: Storage;
}

/** One organization whose conversations arrive, are classified again, and are sorted by people: by the product's own code. */
export function createPeopleAndRuns(storage: Storage, organizationId: string, integrationId = 'i1') {
  const scope = { organizationId, integrationId };
  let clockMs = Date.parse('2026-03-01T08:00:00Z');
  const now = () => {
    clockMs += 60_000;
    return new Date(clockMs);
  };

  const patternOf = async (conversationId: number): Promise<string | null> => {
    const [found] = await storage.insights.getMany(organizationId, integrationId, [conversationId]);
    return found?.patternId ?? null;
  };

  /**
   * A run classifies conversations: for the first time, or again with new content.
   */
  const runAll = async (
    arrivals: readonly { conversationId: number; topic: Topic }[],
    { forgets = false, meanwhile = async () => {}, on = storage }: RunOptions = {},
  ): Promise<void> => {
    const at = now();
    const items = arrivals.map(({ conversationId, topic }) => {
      const conversation = messageOf(scope, conversationId, topic, at);
      return { conversation, decision: decisionOn(conversation, at) };
    });
    const ids = arrivals.map(({ conversationId }) => conversationId);
    await storage.conversations.saveAll(
      organizationId,
      items.map(({ conversation }) => conversation),
    );
    if (forgets) {
      const known = { organizationId, conversationId: { $in: ids } };
      const left = await storage.patternMembers.ofConversations(organizationId, integrationId, ids);
      await storage.connection.collection('insights').updateMany(known, { $set: { patternId: null } });
      await recountPatterns(storage, organizationId, [...new Set(left.flatMap(({ patternId }) => patternId ?? []))]);
    }
    const settle = async (at: Storage) => {
      const insights = await openInsightSettling(at, scope, ids);
      await meanwhile();
      const unknown = items.filter(({ conversation }) => !insights.known(conversation));
      await insights.settleAll(unknown);
      await insights.close();
    };
    try {
      await settle(on);
    } catch (error) {
      // Temporal asks the next process to do it again.
      if (!(error instanceof Killed)) throw error;
      await settle(storage);
    }
  };

  return {
    organizationId,
    integrationId,
    deps: { storage, now },
    decider: (reason = 'as people said'): Decider => ({ organizationId, by: 'ann@acme.example', reason }),
    patternOf,

    runAll,

    /** The same for one conversation. */
    run: (conversationId: number, topic: Topic, options: RunOptions = {}) =>
      runAll([{ conversationId, topic }], options),

    /** What is done at night: patterns that turned out to be the same are joined. */
    repair: (on = storage) =>
      new MockActivityEnvironment().run(() => createRepairActivities({ storage: on, now }).repairPatterns(scope)),

    settle: () => settlePatterns(storage, organizationId, integrationId),
    pattern: (patternId: string) => openPattern({ storage }, organizationId, patternId),

    /** The pattern of each conversation. */
    async places(): Promise<Map<number, string>> {
      const { insights } = await storage.insights.list(organizationId, {}, { limit: 1000 });
      return new Map(
        insights.flatMap(({ conversationId, patternId }) => (patternId ? [[conversationId, patternId] as const] : [])),
      );
    },

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

function messageOf(
  scope: { organizationId: string; integrationId: string },
  conversationId: number,
  topic: Topic,
  at: Date,
): Conversation {
  const text = `${TEXTS[topic]} ${DETAILS[conversationId % DETAILS.length]}.`;
  const customer = { kind: 'customer' as const, email: `c${conversationId}@client.example` };
  return {
    ...scope,
    ...{ conversationId, number: conversationId, mailboxId: 1, subject: `Problem with ${topic}`, status: 'active' },
    ...{ customer, createdAt: at, importedAt: at, webUrl: 'https://secure.helpscout.example/1' },
    contentHash: `${conversationId}-${at.getTime()}`,
    threads: [{ threadId: conversationId, type: 'customer', author: customer, text, createdAt: at }],
  };
}

function decisionOn(
  { organizationId, integrationId, conversationId, contentHash, threads }: Conversation,
  at: Date,
): Decision {
  const issue = { category: 'bug' as const, confidence: 0.9, summary: 'Something fails', productArea: null };
  return {
    ...{ organizationId, integrationId, conversationId, contentHash, decisionId: contentHash, decidedAt: at },
    threads: threads.map(({ threadId, text }) => ({ threadId, textHash: textHash(text) })),
    ...{ promptVersion: 'test', taxonomyVersion: 1, classifier: { kind: 'offline', model: 'test' }, reviewBelow: 0.5 },
    ...{ effort: null, temperature: null, atCap: false, articleIds: [], rawAnswer: '', requestId: null },
    ...{ messageBatchId: null, tokens: null, costUsd: 0, durationMs: 1, workflowId: 'w', runId: 'r' },
    answer: { kind: 'classified', issues: [{ ...issue, severity: null, evidence: [], documentation: null }] },
  };
}
