import type { Conversation } from '../../src/domain/conversation.ts';

/** A conversation as it is stored, of one customer's message. */
export function storedConversation(
  scope: { organizationId: string; integrationId: string },
  conversationId: number,
  text = `The export of report ${conversationId} fails with error 500 since this morning. Please fix it.`,
  rest: Partial<Conversation> = {},
): Conversation {
  const at = new Date(Date.UTC(2026, 9, 1, 8, 0, conversationId % 60));
  return {
    ...scope,
    conversationId,
    number: conversationId,
    mailboxId: 310,
    subject: `Export ${conversationId}`,
    status: 'active',
    customer: { kind: 'customer', id: conversationId, name: 'Ada', email: `person-${conversationId}@client.example` },
    createdAt: at,
    webUrl: `https://secure.helpscout.example/conversation/${conversationId}`,
    threads: [
      {
        threadId: conversationId * 10,
        type: 'customer',
        author: { kind: 'customer', name: 'Ada' },
        text,
        createdAt: at,
      },
    ],
    contentHash: `hash-${conversationId}-${text.length}`,
    importedAt: at,
    ...rest,
  };
}
