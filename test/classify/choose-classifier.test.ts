import assert from 'node:assert/strict';
import { chooseClassifier, claudeOptionsOf, createClassifier } from '../../src/classify/choose-classifier.ts';
import { organizationSettingsSchema } from '../../src/domain/organization-settings.ts';
import { startMessagesApiServer } from '../support/messages-api-server.ts';
import { conversation, thread } from './conversations.ts';

const insights = (set: Record<string, unknown> = {}) => organizationSettingsSchema.parse({ insights: set }).insights;
const anthropic = { apiKey: 'key-for-tests', baseUrl: null, model: 'claude-sonnet-4-6' };

describe('choosing a classifier', () => {
  it('takes the offline model without a key, or where the organization wants it', () => {
    assert.equal(chooseClassifier(null).identity.kind, 'offline');
    assert.equal(
      createClassifier({ settings: insights(), installation: { anthropic: null } }).identity.kind,
      'offline',
    );
    const offline = createClassifier({ settings: insights({ classifier: 'offline' }), installation: { anthropic } });
    assert.equal(offline.identity.kind, 'offline');
  });

  it('asks the organization’s model with its effort and temperature, the installation’s where it has none', () => {
    const own = insights({ model: 'claude-opus-4-6', effort: 'low', temperature: 0 });
    const classifier = createClassifier({ settings: own, installation: { anthropic } });
    assert.deepEqual(
      [classifier.identity, classifier.effort, classifier.temperature],
      [{ kind: 'claude', model: 'claude-opus-4-6' }, 'low', 0],
    );
    const plain = createClassifier({ settings: insights(), installation: { anthropic } });
    assert.deepEqual([plain.identity.model, plain.effort, plain.temperature], ['claude-sonnet-4-6', null, null]);
    assert.equal(claudeOptionsOf(insights({ classifier: 'offline' }), { anthropic }), null);
  });

  it('reads notes offline only where the organization wants it, and quotes none', async () => {
    const offline = createClassifier({ settings: insights({ includeNotes: true }), installation: { anthropic: null } });
    const result = await offline.classify(
      conversation([thread(1, 'The export fails with an error.'), thread(2, 'A crash, an error, a bug.', 'note')]),
    );
    assert.ok(result.kind === 'classified' && result.evidence.every(({ threadId }) => threadId === 1));
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
