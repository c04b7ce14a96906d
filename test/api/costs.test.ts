import assert from 'node:assert/strict';
import { rebuildInsight } from '../../src/classify/rebuild-insight.ts';
import { textHash } from '../../src/classify/text-hash.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { storedConversation } from '../support/stored-conversation.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const tokens = { inputTokens: 2130, cachedInputTokens: 1690, cacheWriteTokens: 0, outputTokens: 281 };

describe('costs and explanations', function () {
  this.timeout(60_000);
  const app = useWebApp({ environment: { ANTHROPIC_API_KEY: 'key', ANTHROPIC_MODEL: 'claude-sonnet-4-6' } });
  let organizationId: string;
  before(async () => {
    const acme = await addOrganization(app.storage, 'Acme', 'administrator');
    organizationId = acme.organizationId;
    for (const role of ['member', 'manager', 'operator'] as const) {
      await addMember(app.storage, organizationId, `${role}@acme.example`, role);
    }
    const { integrationId } = await app.storage.integrations.create(organizationId);
    await app.storage.integrations.update(organizationId, integrationId, { state: 'live' });
    const conversation = storedConversation({ organizationId, integrationId }, 7001);
    await app.storage.conversations.saveAll(organizationId, [conversation]);
    const [thread] = conversation.threads;
    const decision: Decision = {
      ...{ decisionId: 'decision-1', organizationId, integrationId, conversationId: 7001 },
      threads: [{ threadId: thread?.threadId ?? 0, textHash: textHash(thread?.text ?? '') }],
      contentHash: conversation.contentHash,
      ...{ promptVersion: 'claude-2', taxonomyVersion: 3, effort: 'high', temperature: null, reviewBelow: 0.4 },
      classifier: { kind: 'claude', model: 'claude-sonnet-4-6' },
      ...{
        atCap: false,
        articleIds: [],
        rawAnswer: '{"summary":"raw words"}',
        requestId: 'req_42',
        messageBatchId: null,
      },
      answer: {
        kind: 'classified',
        issues: [
          {
            ...{ category: 'bug', confidence: 0.9, summary: 'The export fails.', productArea: null, severity: 'high' },
            ...{ documentation: null, evidence: [{ threadId: thread?.threadId ?? 0, start: 0, end: 10 }] },
          },
        ],
      },
      ...{ tokens, costUsd: 0.006042, durationMs: 2480, workflowId: 'scan:x:1', runId: 'run', decidedAt: new Date() },
    };
    await app.storage.decisions.add(decision);
    const [insight] = rebuildInsight(decision, conversation);
    await app.storage.insights.save(organizationId, { ...insight, patternId: null });
    await app.storage.costs.note(organizationId, {
      ...{ callKey: 'decision-1', purpose: 'classify', conversationId: 7001, model: 'claude-sonnet-4-6' },
      ...{ tokens, costUsd: 0.006042, at: new Date() },
    });
  });
  const page = async (role: string, path: string) => (await signIn(app, `${role}@acme.example`)).get(path);

  it('are shown with what was spent, the limit, and what a scan would use', async () => {
    const { status, text } = await page('manager', '/insights/costs');
    assert.equal(status, 200);
    assert.match(text, /\$0\.006/);
    assert.match(text, /claude-sonnet-4-6/);
    assert.match(text, /Before a scan/);
    assert.match(text, /href="\/conversations\/7001"/);
    assert.equal((await page('member', '/insights/costs')).status, 403);
  });

  it('say who decided, from which messages, by which words, and for how much', async () => {
    const { text } = await page('administrator', '/conversations/7001');
    for (const words of [
      'Explain',
      'claude-2, version 3',
      'effort high',
      'req_42',
      '2,130 in',
      '$0.006',
      'raw words',
    ]) {
      assert.ok(text.includes(words), words);
    }
    assert.match(text, /the insight is the same/);
    assert.match(text, /namespaces\/default\/workflows\/scan/);
  });

  it('keep the raw answer from those who may not read messages', async () => {
    const { text } = await page('operator', '/conversations/7001');
    assert.ok(text.includes('claude-2, version 3'));
    assert.ok(!text.includes('raw words'));
  });
});
