import type { Storage } from '../../src/storage/storage.ts';

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
  let number = 0;
  for (let n = 0; n <= earlierRecords; n++) {
    for (const kind of ['bug', 'feature'] as const) {
      const pattern = { integrationId, patternId: `${patternId}-${kind}-${n}`, title: `${name} export` };
      number = (await storage.issueRecords.createForPattern(organizationId, pattern, kind)).number;
    }
  }
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
  await storage.apiUsage.countCall(organizationId, { integrationId, endpoint: 'GET /v2/conversations', now });
  // Outside the scope, and of nobody else.
  await storage.apiUsage.countRefused(organizationId, { integrationId, endpoint: `GET /v9/${conversationId}`, now });
  return {
    integrationId,
    conversationId: String(conversationId),
    patternId,
    number: String(number),
    eventId,
    memberId: member.memberId,
  };
}
