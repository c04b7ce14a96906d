import type { ClassifyInput } from '../classify/classifier.ts';
import { textHash } from '../classify/text-hash.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Scope } from '../workflows/contract.ts';
import { questionAbout } from './classify-input.ts';
import type { ActivityDeps } from './deps.ts';
import { type InsightsWay, insightsWay } from './insights-way.ts';

/** A conversation in a message batch: named with its content, so that an answer about an older one is known. */
export interface BatchItem {
  conversationId: number;
  customId: string;
}

/** Letters, digits and hyphens, 64 at most. */
export const customIdOf = ({ conversationId, contentHash }: Conversation) =>
  `${conversationId}-${textHash(contentHash).slice(0, 16)}`;

export const idsOf = (items: readonly { conversationId: number }[]) =>
  items.map(({ conversationId }) => conversationId);

/** Asked in the place of a conversation that has changed: its answer is only counted. */
const CHANGED = {
  subject: '',
  threads: [{ threadId: 0, author: 'customer' as const, text: '-', createdAt: new Date(0) }],
  docsExcerpts: [],
};

/** What a message batch was made of, found again from what is noted about it. */
export function createBatchItems(deps: Pick<ActivityDeps, 'storage' | 'classifierOf'>) {
  const { storage } = deps;
  return { inputsOf, conversationsOf, wayThen };

  /** What each item is asked; of a conversation that has changed since, something that keeps its place. */
  async function inputsOf(scope: Scope, way: InsightsWay, items: readonly BatchItem[]) {
    const conversations = await conversationsOf(scope, items);
    const inputs: { customId: string; input: ClassifyInput }[] = [];
    for (const { customId } of items) {
      const conversation = conversations.get(customId);
      const input = conversation
        ? (await questionAbout(conversation, way)).input
        : { ...CHANGED, taxonomy: way.taxonomy };
      inputs.push({ customId, input });
    }
    return inputs;
  }

  /** The items' conversations by their names; without those that have changed, for they have other names now. */
  async function conversationsOf(
    { organizationId, integrationId }: Scope,
    items: readonly { conversationId: number }[],
  ) {
    const stored = await storage.conversations.getMany(organizationId, integrationId, idsOf(items));
    return new Map(stored.map((conversation) => [customIdOf(conversation), conversation]));
  }

  /** The way that a batch was submitted by. */
  async function wayThen(
    scope: Scope,
    { settings, taxonomyVersion }: { settings: InsightsWay['settings']; taxonomyVersion: number },
  ): Promise<InsightsWay> {
    const way = await insightsWay(deps, scope);
    const taxonomy = (await storage.taxonomies.get(scope.organizationId, taxonomyVersion)) ?? way.taxonomy;
    return { ...way, settings, taxonomy, classifier: deps.classifierOf(settings) };
  }
}
export type BatchItems = ReturnType<typeof createBatchItems>;
