import assert from 'node:assert/strict';
import { chooseClassifier } from '../../src/classify/choose-classifier.ts';
import { startMessagesApiServer } from '../support/messages-api-server.ts';
import { conversation } from './conversations.ts';

describe('choosing a classifier', () => {
  it('takes the offline model without a key', () => {
    assert.equal(chooseClassifier(null).identity.kind, 'offline');
  });

  it('asks Claude at the configured address with a key', async () => {
    const server = await startMessagesApiServer({ rule: () => ({ kind: 'noContent', stopReason: 'refusal' }) });
    try {
      const classifier = chooseClassifier({ apiKey: 'key-for-tests', baseUrl: server.baseURL, model: 'claude-test-1' });
      assert.deepEqual(classifier.identity, { kind: 'claude', model: 'claude-test-1' });
      assert.equal((await classifier.classify(conversation('It hangs.'))).kind, 'refused');
    } finally {
      await server.close();
    }
  });
});
