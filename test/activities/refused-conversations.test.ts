import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { type ClassifyResult, createClassifyActivities } from '../../src/activities/classify-activities.ts';
import { createClaudeClassifier } from '../../src/classify/claude-classifier.ts';
import { organizationSettingsSchema } from '../../src/domain/organization-settings.ts';
import { conversationWorkflowId } from '../../src/workflows/contract.ts';
import { API_KEY, answer } from '../classify/bug-answer.ts';
import { type MessagesApiServer, type Reply, startMessagesApiServer } from '../support/messages-api-server.ts';
import { onePatternEach } from '../support/one-pattern-each.ts';
import { useStorage } from '../support/storage.ts';
import { storedConversation } from '../support/stored-conversation.ts';
import { useTemporal } from '../support/temporal.ts';

const MODEL = 'claude-sonnet-4-6';
const IDS = [1, 2, 3];
const bug: Reply = { kind: 'answer', value: { ...answer, evidence: [], documentation: null, furtherIssues: [] } };
const refusal: Reply = { kind: 'error', status: 400, type: 'invalid_request_error' };

describe('a conversation that the classifier refuses for good', function () {
  this.timeout(120_000);
  const storage = useStorage();
  const temporal = useTemporal();
  let api: MessagesApiServer;
  let refuses: (text: string) => boolean;
  let organizations = 0;

  before(async () => {
    const rule = (request: unknown) => (refuses(JSON.stringify(request)) ? refusal : bug);
    api = await startMessagesApiServer({ rule });
  });
  after(async () => {
    await api?.close();
  });

  const classify = async (conversationIds: number[]) => {
    const scope = { organizationId: `org-${++organizations}`, integrationId: `integration-${organizations}` };
    const { organizationId, integrationId } = scope;
    const { insights } = organizationSettingsSchema.parse({ insights: {} });
    await storage.settings.save(organizationId, { insights });
    await storage.conversations.saveAll(
      organizationId,
      conversationIds.map((id) => storedConversation(scope, id)),
    );
    const row = { type: 'conversationSynced' as const, direction: 'inbound' as const, workflowId: 'scan' };
    await storage.syncEvents.open(
      organizationId,
      conversationIds.map((id) => ({ ...row, eventId: `scan/${id}`, integrationId, conversationId: id })),
    );
    const claude = createClaudeClassifier({ apiKey: API_KEY, model: MODEL, baseURL: api.baseURL });
    const deps = { storage, classifierOf: () => claude, now: () => new Date() };
    const { classifyConversations } = createClassifyActivities(deps, onePatternEach);
    const { client } = temporal;
    const environment = new MockActivityEnvironment({}, { client, logger: new DefaultLogger('ERROR') });
    const progress = { scanNumber: 1, total: 3, imported: 3, classified: 3, unchanged: 0, failed: 0 };
    const request = { batchId: 'scan', workflowId: 'scan', conversationIds, counts: progress };
    const result: Promise<ClassifyResult> = environment.run(classifyConversations, scope, request);
    return { scope, result };
  };

  it('holds up none of the others, and is kept by a workflow of its own', async () => {
    refuses = (text) => text.includes('report 2 ');
    const { scope, result } = await classify(IDS);
    assert.equal((await result).refused, 1);
    const classified = await storage.insights.getMany(scope.organizationId, scope.integrationId, IDS);
    assert.deepEqual(classified.map(({ conversationId }) => conversationId).sort(), [1, 3]);
    const row = await storage.syncEvents.get(scope.organizationId, 'scan/2');
    assert.deepEqual([row?.status, row?.error?.code], ['retrying', 'classifierUnavailable']);
    const kept = temporal.client.workflow.getHandle(conversationWorkflowId(scope.integrationId, 2));
    assert.equal((await kept.describe()).status.name, 'RUNNING');
    await kept.terminate();
  });

  it('is a matter of the settings where all are refused: nothing is set aside', async () => {
    refuses = () => true;
    const { scope, result } = await classify(IDS);
    await assert.rejects(result, /refused the request/);
    const kept = temporal.client.workflow.getHandle(conversationWorkflowId(scope.integrationId, 1));
    await assert.rejects(kept.describe(), /not found/i);
  });
});
