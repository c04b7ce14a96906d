import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createClassifyActivities } from '../../src/activities/classify-activities.ts';
import type { ImportResult } from '../../src/activities/import-activities.ts';
import { createWebhookImport } from '../../src/activities/webhook-import.ts';
import type { Classifier } from '../../src/classify/classifier.ts';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import { fromLoggedRow } from '../../src/domain/logged-row.ts';
import { useStorage } from '../support/storage.ts';
import { storedConversation } from '../support/stored-conversation.ts';

describe('what webhooks told of', function () {
  this.timeout(60_000);
  const storage = useStorage();
  const offline = createOfflineClassifier(loadWeights());
  const ids = [1, 2];
  let organizations = 0;

  /** Imports two new conversations, with a classifier of this kind. */
  const importWith = async (classifier: Classifier, { breaks = false } = {}) => {
    const scope = { organizationId: `org-${++organizations}`, integrationId: 'integration' };
    const { organizationId, integrationId } = scope;
    const read = async (): Promise<ImportResult> => {
      await storage.conversations.saveAll(
        organizationId,
        ids.map((id) => storedConversation(scope, id)),
      );
      const row = { type: 'conversationUpdated' as const, direction: 'inbound' as const };
      const rows = ids.map((conversationId) => ({
        ...{ ...row, eventId: `batch/${conversationId}`, integrationId, workflowId: 'workflow', conversationId },
      }));
      await storage.syncEvents.open(organizationId, rows);
      return { changed: ids, unchanged: 0, gone: 0, failed: [], log: [] };
    };
    const deps = { storage, classifierOf: () => classifier, now: () => new Date() };
    const { classifyConversations } = createClassifyActivities(deps);
    const broken = async () => assert.fail('the database is away');
    const { importConversations } = createWebhookImport(read, breaks ? broken : classifyConversations);
    const request = { batchId: 'batch', workflowId: 'workflow', conversationIds: ids, mailboxIds: [310] };
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    const result: ImportResult = await environment.run(importConversations, scope, request);
    const insights = await storage.insights.getMany(organizationId, integrationId, ids);
    return { result, classified: insights.length };
  };

  it('is classified in one go where nobody is paid, and settled in the log', async () => {
    const { result, classified } = await importWith(offline);
    assert.deepEqual([result.changed, classified], [[], 2]);
    assert.deepEqual(
      result.log.map(fromLoggedRow).map(({ conversationId, status }) => [conversationId, status]),
      ids.map((id) => [id, 'success']),
    );
  });

  it('is left to an activity of its own where a paid model answers', async () => {
    const paid = { ...offline, identity: { ...offline.identity, kind: 'claude' as const } };
    const { result, classified } = await importWith(paid);
    assert.deepEqual([result.changed, classified], [ids, 0]);
  });

  it('is left to it as well when classifying fails: it was read all the same', async () => {
    const { result, classified } = await importWith(offline, { breaks: true });
    assert.deepEqual([result.changed, classified], [ids, 0]);
  });
});
