import type { Submission } from '../../src/domain/submission.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { fillWatch } from './filled-watch.ts';

/**
 * Gives an organization one of everything, with its name in every text.
 * Records are numbered per organization: `earlierRecords` of each kind come before the one whose number is returned.
 * @returns the ids, by the names that addresses have for them.
 */
export async function fillOrganization(
  storage: Storage,
  { organizationId, member }: { organizationId: string; member: { memberId: string } },
  { conversationId, earlierRecords = 0 }: { conversationId: number; earlierRecords?: number },
): Promise<Record<string, string>> {
  const name = (await storage.organizations.get(organizationId))?.name ?? '';
  const { integrationId } = await storage.integrations.create(organizationId);
  await storage.integrations.update(organizationId, integrationId, {
    state: 'live',
    mailboxes: [{ mailboxId: 310, name: `${name} support`, email: `support@${name}.example` }],
    selectedMailboxIds: [310],
  });
  const now = new Date();
  const contentHash = 'hash';
  await storage.conversations.saveAll(organizationId, [
    {
      organizationId,
      integrationId,
      conversationId,
      number: conversationId,
      mailboxId: 310,
      subject: `${name} export fails`,
      status: 'active',
      customer: { kind: 'customer', id: 1, name: `${name} customer`, email: `customer@${name}.example` },
      createdAt: now,
      webUrl: `https://secure.helpscout.example/conversation/${conversationId}`,
      threads: [
        {
          threadId: 1,
          type: 'customer',
          author: { kind: 'customer', name: `${name} customer` },
          text: `The export of ${name} fails.`,
          createdAt: now,
        },
      ],
      contentHash,
      importedAt: now,
    },
  ]);
  const patternId = `pattern-${conversationId}`;
  await storage.insights.save(organizationId, {
    integrationId,
    conversationId,
    outcome: 'classified',
    category: 'bug',
    confidence: 0.9,
    summary: `${name} export fails`,
    productArea: 'export',
    severity: 'high',
    evidence: [{ threadId: 1, start: 0, end: 10, quote: 'The export' }],
    classifier: { kind: 'offline', model: 'test' },
    issue: 0,
    suggestedCategory: null,
    taxonomyVersion: 1,
    decisionId: null,
    review: 'none',
    documentation: null,
    patternId,
    customerKey: `customer@${name}.example`,
    subject: `${name} export fails`,
    mailboxId: 310,
    reportedAt: now,
    classifiedAt: now,
    contentHash,
  });
  await storage.patterns.saveCandidate(
    organizationId,
    integrationId,
    { patternId, title: `${name} export`, centroid: { terms: [['export', 1]], members: 1 }, indexTerms: ['export'] },
    { category: 'bug', reportedAt: now },
  );
  await storage.patterns.saveCounts(organizationId, [
    {
      patternId,
      category: 'bug',
      conversations: 1,
      customers: 1,
      byCategory: { bug: 1 },
      firstReportedAt: now,
      lastReportedAt: now,
    },
  ]);
  const changeId = `change-${conversationId}`;
  await storage.patternDecisions.add(organizationId, {
    ...{ decisionId: changeId, integrationId, at: now, by: `${name} manager`, reason: '' },
    change: { kind: 'relabel', patternId, title: `${name} export`, category: null },
  });
  let number = 0;
  for (let n = 0; n <= earlierRecords; n++) {
    for (const kind of ['bug', 'feature'] as const) {
      const pattern = { integrationId, patternId: `${patternId}-${kind}-${n}`, title: `${name} export` };
      number = (await storage.issueRecords.createForPattern(organizationId, pattern, kind)).number;
    }
  }
  await storage.recordProposals.propose(organizationId, { integrationId, patternId, kind: 'bug', at: now });
  const recordId = (await storage.issueRecords.get(organizationId, 'bug', number))?.recordId ?? '';
  await storage.recordComments.add(organizationId, {
    recordId,
    at: now,
    by: `ada@${name}.example`,
    text: `${name} says`,
  });
  await storage.recordMessages.accept(organizationId, {
    ...{ integrationId, recordId, conversationId, kind: 'note', text: `${name} note`, marker: 'bug-0001' },
    ...{ by: `ada@${name}.example`, at: now, customerEmail: `customer@${name}.example` },
  });
  const eventId = `event-${conversationId}`;
  await storage.syncEvents.open(organizationId, [
    {
      eventId,
      integrationId,
      type: 'conversationSynced',
      direction: 'inbound',
      workflowId: `conversation:${integrationId}:${conversationId}`,
      conversationId,
      details: `${name} conversation`,
    },
  ]);
  await storage.syncEvents.settle(organizationId, [
    { eventId, status: 'failed', error: { code: 'helpScoutUnavailable' }, by: 'automatic' },
  ]);
  const email = `customer@${name.toLowerCase()}.example`;
  await storage.customers.put(organizationId, integrationId, `customer-${conversationId}`, { email, firstName: name });
  const importId = `upload-${conversationId}`;
  await storage.customerImports.create({
    ...{ organizationId, importId, createdBy: email, fileName: `${name}.csv`, format: 'csv', state: 'done', lines: 1 },
    ...{ createdAt: now, finishedAt: now },
  });
  await storage.customerImports.addLines(organizationId, importId, [
    { line: 2, externalId: name, fields: null, error: `${name} has no address` },
  ]);
  await storage.apiUsage.countCall(organizationId, { integrationId, endpoint: 'GET /v2/conversations', now });
  // Outside the scope, and of nobody else.
  await storage.apiUsage.countRefused(organizationId, { integrationId, endpoint: `GET /v9/${conversationId}`, now });
  const notificationId = `notification-${conversationId}`;
  await storage.notifications.add(organizationId, {
    notificationId,
    kind: 'alert',
    text: `${name} is ill`,
    href: '/',
    at: now,
  });
  await storage.diagnoses.save(organizationId, integrationId, {
    by: `${name} administrator`,
    atMs: now.getTime(),
    steps: [{ check: 'user', outcome: 'ok', result: `${name} user`, remedy: '', latencyMs: 1 }],
  });
  const form = await storage.contactForms.create(organizationId, {
    ...{ integrationId, name: `${name} contact`, mailboxId: 310, assigneeId: null, tags: [name], autoReplyText: '' },
    ...{ fields: [], allowedOrigins: [], enabled: true },
  });
  const submissionId = `submission-${conversationId}`;
  const first: Submission = {
    submissionId,
    organizationId,
    integrationId,
    formId: form.formId,
    source: 'form',
    createdBy: null,
    mailboxId: 310,
    assigneeId: null,
    tags: [name],
    autoReplyText: '',
    customerEmail: `customer@${name}.example`,
    customerName: `${name} customer`,
    subject: `${name} asks`,
    message: `${name} wants to know.`,
    answers: [],
    problem: null,
    fingerprint: '',
    state: 'created',
    duplicateOf: null,
    conversationId: null,
    edits: [],
    receivedAt: now,
    firstSentAt: null,
  };
  const held: Submission = { ...first, submissionId: `${submissionId}-held`, state: 'held', duplicateOf: submissionId };
  for (const one of [first, held]) await storage.submissions.accept(organizationId, one, null);
  await storage.sentEmails.record(organizationId, {
    emailId: `autoReply/${submissionId}`,
    kind: 'autoReply',
    to: `customer@${name}.example`,
    subject: `Re: ${name}`,
    status: 'sent',
    error: '',
    customerEmail: `customer@${name}.example`.toLowerCase(),
    conversationId,
    submissionId,
    at: now,
  });
  const retryRunId = `run-${conversationId}`;
  await storage.retryRuns.addItems(organizationId, retryRunId, 0, [
    { eventId, type: 'conversationSynced', customerEmail: `customer@${name}.example`, conversationId },
  ]);
  await storage.retryRuns.create({
    ...{ retryRunId, organizationId, by: `${name} administrator`, total: 1, previewed: 0 },
    selection: { code: null, type: null, rows: true },
    ...{ canary: true, perMinute: 60, state: 'review', decidedBy: null, createdAt: now, endedAt: null },
  });
  const whatIfId = `what-if-${conversationId}`;
  await storage.whatIfs.create({
    ...{
      whatIfId,
      organizationId,
      by: `${name} administrator`,
      createdAt: now,
      endedAt: now,
      days: 7,
      from: now,
      to: now,
    },
    ...{ draft: null, taxonomyVersion: 1, changes: [`${name} threshold`], base: '', state: 'ready', problem: '' },
    ...{ total: 1, done: 1, after: null, former: null, decidedBy: null },
    settings: { classifier: 'auto', model: null, effort: null, temperature: null, reviewBelow: 0.9 },
  });
  const view = await storage.savedViews.save(organizationId, member.memberId, {
    name: `${name} view`,
    query: 'range=24h',
  });
  const { key } = await storage.apiKeys.create(organizationId, {
    name: `${name} key`,
    scopes: ['log:read'],
    createdBy: `ada@${name}.example`,
    createdAt: now,
    expiresAt: null,
  });
  const { erasureId } = await fillWatch(storage, { organizationId, integrationId }, { conversationId, name, now });
  return {
    erasureId,
    keyId: key.keyId,
    viewId: view.viewId,
    integrationId,
    conversationId: String(conversationId),
    patternId,
    changeId,
    number: String(number),
    eventId,
    retryRunId,
    whatIfId,
    formId: form.formId,
    submissionId,
    email,
    importId,
    externalId: `customer-${conversationId}`,
    memberId: member.memberId,
  };
}
