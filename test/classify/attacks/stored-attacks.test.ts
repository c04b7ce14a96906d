import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createClassifyActivities } from '../../../src/activities/classify-activities.ts';
import type { ClassifyInput } from '../../../src/classify/classifier.ts';
import { createClaudeClassifier } from '../../../src/classify/claude-classifier.ts';
import type { Thread } from '../../../src/domain/conversation.ts';
import { type MessagesApiServer, startMessagesApiServer } from '../../support/messages-api-server.ts';
import { onePatternEach } from '../../support/one-pattern-each.ts';
import { useStorage } from '../../support/storage.ts';
import { storedConversation } from '../../support/stored-conversation.ts';
import { ATTACKS } from './attacks.ts';
import { gullibleReply } from './gullible-model.ts';
import { plantedConversation, REPORTS } from './planted-conversation.ts';

/** A bystander's conversation, classified before: no attack may touch what is stored about it. */
const BYSTANDER = 9_000;
/** The model obeys whatever of all attacks it can read. */
const PLANTED = ATTACKS.map(({ planted }) => planted).join('\n');

describe('what is stored after orders were planted in conversations', function () {
  this.timeout(180_000);
  const storage = useStorage();
  let server: MessagesApiServer;

  before(async () => {
    server = await startMessagesApiServer({
      rule: (request) => {
        const honest = REPORTS.find(({ quote }) => JSON.stringify(request.messages).includes(quote));
        return honest ? gullibleReply(request, PLANTED, honest) : { kind: 'text', text: '' };
      },
    });
  });
  after(async () => {
    await server?.close();
  });

  /** Classifies the scenes in an organization of its own; what is stored then, but for texts and ids. */
  const storedAfter = async (organizationId: string, inputs: readonly ClassifyInput[]) => {
    const scope = { organizationId, integrationId: `${organizationId}-1` };
    const claude = createClaudeClassifier({
      apiKey: 'key-for-tests',
      baseURL: server.baseURL,
      model: 'claude-test-1',
    });
    const deps = { storage, classifierOf: () => claude, now: () => new Date() };
    const { classifyConversations } = createClassifyActivities(deps, onePatternEach);
    const classify = async (given: ReadonlyMap<number, ClassifyInput>) => {
      const stored = [...given].map(([conversationId, { subject, threads }]) => ({
        ...storedConversation(scope, conversationId, '', { subject, threads: threads.map(threadOf) }),
        contentHash: JSON.stringify(threads),
      }));
      await storage.conversations.saveAll(organizationId, stored);
      const request = { batchId: 'batch', workflowId: 'workflow', conversationIds: [...given.keys()] };
      const environment = new MockActivityEnvironment(undefined, { logger: new DefaultLogger('ERROR') });
      await environment.run(classifyConversations, scope, request);
    };
    await classify(new Map([[BYSTANDER, plantedConversation(NO_ATTACK, 0).clean]]));
    const bystander = await storage.insights.get(organizationId, BYSTANDER);
    await classify(new Map(inputs.map((input, index) => [index + 1, input])));
    assert.deepEqual(await storage.insights.get(organizationId, BYSTANDER), bystander);
    return Promise.all(
      ATTACKS.map(async (_, index) => {
        const insight = await storage.insights.get(organizationId, index + 1);
        const [conversation] = await storage.conversations.getMany(organizationId, scope.integrationId, [index + 1]);
        assert.ok(insight && conversation);
        const { outcome, issue, category, severity, summary, productArea, documentation, review, confidence } = insight;
        const quotes = insight.evidence.map(({ threadId, quote }) => `${threadId}: ${quote}`);
        const status = conversation.status;
        return {
          outcome,
          issue,
          category,
          severity,
          summary,
          productArea,
          documentation,
          review,
          confidence,
          quotes,
          status,
        };
      }),
    );
  };

  it(`is the same for all ${ATTACKS.length} conversations as without the orders, with a model that obeys all it reads`, async () => {
    const scenes = ATTACKS.map(plantedConversation);
    const clean = await storedAfter(
      'clean',
      scenes.map((scene) => scene.clean),
    );
    const attacked = await storedAfter(
      'attacked',
      scenes.map((scene) => scene.attacked),
    );
    assert.deepEqual(attacked, clean);
    assert.ok(clean.every(({ outcome, quotes }) => outcome === 'classified' && quotes.length > 0));
  });
});

const NO_ATTACK = { kind: '', place: 'after', planted: '' } as const;

function threadOf({ threadId, author, text, createdAt }: ClassifyInput['threads'][number]): Thread {
  const isCustomer = author === 'customer';
  const from = {
    type: isCustomer ? 'customer' : 'message',
    author: { kind: isCustomer ? 'customer' : 'user' },
  } as const;
  return { threadId, text, createdAt, ...from };
}
