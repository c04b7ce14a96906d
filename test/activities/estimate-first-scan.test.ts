import assert from 'node:assert/strict';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createClassifyActivities } from '../../src/activities/classify-activities.ts';
import { createEstimateActivities } from '../../src/activities/estimate-activities.ts';
import { createImportActivities, type PageResult } from '../../src/activities/import-activities.ts';
import { createClaudeClassifier } from '../../src/classify/claude-classifier.ts';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import { FIRST_PAGE, type ScanCursor } from '../../src/domain/scan-cursor.ts';
import { type ScanEstimate, totalOf } from '../../src/domain/scan-estimate.ts';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { corpusOf, signIn, start, stopAll } from '../sandbox/support.ts';
import { testKeyRing } from '../support/key-ring.ts';
import { type MessagesApiServer, startMessagesApiServer } from '../support/messages-api-server.ts';
import { onePatternEach } from '../support/one-pattern-each.ts';
import { usable } from '../support/paid-scan/paid-scan.ts';
import { useStorage } from '../support/storage.ts';

const MODEL = 'claude-sonnet-4-6';
const CONVERSATIONS = 120;
const scope = { organizationId: 'org', integrationId: 'integration' };
const batch = { batchId: 'batch', workflowId: 'workflow' };
const modifiedSince = '2000-01-01T00:00:00Z';

describe('the estimate before the first scan', function () {
  this.timeout(120_000);
  const storage = useStorage();
  let api: MessagesApiServer;
  let client: HelpScoutClient;
  before(async () => {
    api = await startMessagesApiServer({ rule: () => usable });
    const lines = Array.from({ length: CONVERSATIONS }, (_, nth) => ({
      id: `c-${nth}`,
      text: `Report ${nth} does not open. `.repeat(1 + ((nth * 37) % 90)),
    }));
    const sandbox = await start({ corpus: corpusOf(CONVERSATIONS, lines) });
    const { access_token: accessToken } = await signIn(sandbox);
    client = createHelpScoutClient({ apiUrl: sandbox.url, accessToken, budget: unlimited });
  });
  after(async () => {
    await stopAll();
    await api?.close();
  });
  const environment = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  const connections = {
    withHelpScout: <T>(_scope: unknown, work: (helpScout: HelpScoutClient) => Promise<T>) => work(client),
  };
  const keyRing = testKeyRing();
  const deps = (classifier: ReturnType<typeof createClaudeClassifier>) => ({
    ...{ storage, keyRing, classifierOf: () => classifier, now: () => new Date() },
  });
  const estimateWith = (
    classifier: ReturnType<typeof createClaudeClassifier>,
    mailboxIds: number[],
  ): Promise<ScanEstimate> => {
    const { estimateFirstScan } = createEstimateActivities(deps(classifier), connections);
    return environment().run(estimateFirstScan, scope, { mailboxIds, modifiedSince });
  };

  it('is within 15 percent of what the scan used, and kept for the page', async () => {
    const mailboxIds = (await client.mailboxes.list()).map(({ mailboxId }) => mailboxId);
    const claude = createClaudeClassifier({ apiKey: 'key-for-tests', model: MODEL, baseURL: api.baseURL });
    const told = await estimateWith(claude, mailboxIds);
    assert.deepEqual(await storage.scanEstimates.get(scope.organizationId, scope.integrationId), told);
    assert.equal(await storage.insights.get(scope.organizationId, 1), null);
    const expected = totalOf(told, mailboxIds);

    const { importPage } = createImportActivities(deps(claude), connections);
    const { classifyConversations } = createClassifyActivities(deps(claude), onePatternEach);
    for (let cursor: ScanCursor | null = FIRST_PAGE; cursor; ) {
      const request = { ...batch, mailboxIds, modifiedSince, cursor };
      const page: PageResult = await environment().run(importPage, scope, request);
      await environment().run(classifyConversations, scope, { ...batch, conversationIds: page.changed });
      cursor = page.next;
    }
    const used = await storage.costs.spentSince(scope.organizationId, new Date(0));
    const off = (estimated: number, real: number) => Math.abs(estimated / real - 1);
    const report = {
      conversations: off(expected.conversations, CONVERSATIONS),
      calls: off(expected.calls, used.calls),
      tokens: off(expected.tokens, used.inputTokens + used.outputTokens),
    };
    console.log(`      off by ${JSON.stringify(report)}`);
    for (const [what, share] of Object.entries(report)) assert.ok(share <= 0.15, what);
  });

  it('says that nothing is paid with the offline model, and counts all the same', async () => {
    const mailboxIds = (await client.mailboxes.list()).map(({ mailboxId }) => mailboxId);
    const told = await estimateWith(createOfflineClassifier(loadWeights()), mailboxIds);
    assert.equal(told.model, null);
    const nothing = { conversations: CONVERSATIONS, calls: 0, tokens: 0, costUsd: 0 };
    assert.deepEqual(totalOf(told, mailboxIds), nothing);
  });
});
