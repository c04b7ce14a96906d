import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createClassifyActivities } from '../../src/activities/classify-activities.ts';
import { estimateScan } from '../../src/activities/scan-estimate.ts';
import { createClaudeClassifier } from '../../src/classify/claude-classifier.ts';
import { organizationSettingsSchema } from '../../src/domain/organization-settings.ts';
import { type MessagesApiServer, startMessagesApiServer } from '../support/messages-api-server.ts';
import { onePatternEach } from '../support/one-pattern-each.ts';
import { useStorage } from '../support/storage.ts';
import { storedConversation } from '../support/stored-conversation.ts';
import { startUsageRecorder } from '../support/usage-recorder.ts';

const MODEL = 'claude-sonnet-4-6';
const scope = { organizationId: 'org', integrationId: 'integration' };
const { insights: settings } = organizationSettingsSchema.parse({});
const CONVERSATIONS = 120;
const FIRST = 20;

describe('the estimate before a scan', function () {
  this.timeout(120_000);
  const storage = useStorage();
  let api: MessagesApiServer;
  let recorder: Awaited<ReturnType<typeof startUsageRecorder>>;
  before(async () => {
    let asked = 0;
    api = await startMessagesApiServer({
      rule: () => ({
        kind: 'answer',
        value: {
          category: 'bug',
          confidence: 0.9,
          // Answers are of many lengths, as a model's are.
          summary: 'The export of a report fails. '.repeat(1 + (asked++ % 7)),
          productArea: null,
          severity: 'high',
          evidence: [],
          documentation: null,
          furtherIssues: [],
        },
      }),
    });
    recorder = await startUsageRecorder(api.baseURL);
  });
  after(async () => {
    await recorder?.close();
    await api?.close();
  });

  it('is within 15 percent of what the scan used', async () => {
    const ids = Array.from({ length: CONVERSATIONS }, (_, index) => index + 1);
    await storage.conversations.saveAll(
      scope.organizationId,
      ids.map((id) => {
        const text = `Report ${id} does not open. `.repeat(1 + ((id * 37) % 90));
        // Some have nothing to ask about.
        return storedConversation(scope, id, id % 10 === 0 ? '' : text);
      }),
    );
    const claude = createClaudeClassifier({ apiKey: 'key-for-tests', model: MODEL, baseURL: recorder.baseURL });
    const { classifyConversations } = createClassifyActivities(
      { storage, classifierOf: () => claude, now: () => new Date() },
      onePatternEach,
    );
    const classify = (conversationIds: number[]) =>
      new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(classifyConversations, scope, {
        ...{ batchId: 'batch', workflowId: 'workflow', conversationIds },
      });
    const untold = await estimateScan(storage, scope, { settings, model: MODEL });
    assert.ok(Math.abs((untold?.calls ?? 0) - 108) <= 10, `${untold?.calls} calls`);
    await classify(ids.slice(0, FIRST));
    const expected = await estimateScan(storage, scope, { settings, model: MODEL });
    await classify(ids.slice(FIRST));

    const used = recorder.total();
    const off = (estimated: number | null | undefined, real: number) => Math.abs((estimated ?? 0) / real - 1);
    const report = {
      calls: off(expected?.calls, used.calls),
      inputTokens: off(expected?.tokens.inputTokens, used.inputTokens),
      outputTokens: off(expected?.tokens.outputTokens, used.outputTokens),
      costUsd: off(expected?.costUsd, used.costUsd),
    };
    if (process.env.PRINT_ESTIMATE) console.log(report, expected, used);
    for (const [what, share] of Object.entries(report)) assert.ok(share <= 0.15, `${what}: ${JSON.stringify(report)}`);
  });

  it('is not made up where nothing is stored, and has no price for an unknown model', async () => {
    assert.equal(await estimateScan(storage, { ...scope, integrationId: 'new' }, { settings, model: MODEL }), null);
    const unknown = await estimateScan(storage, scope, { settings, model: 'claude-of-tomorrow' });
    assert.equal(unknown?.costUsd, null);
    assert.ok((unknown?.tokens.inputTokens ?? 0) > 0);
  });
});
