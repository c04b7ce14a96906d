import { z } from 'zod';
import { createHelpScoutClient } from '../../src/helpscout/client.ts';
import { scanConversations } from '../../src/helpscout/scan-conversations.ts';
import { toConversation } from '../../src/helpscout/to-conversation.ts';
import type { RunningStack } from '../e2e/running-stack.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { persist } from './persist.ts';

const tokenSchema = z.object({ access_token: z.string() });
const YEAR_MS = 365 * 86_400_000;

/** Another app of the same account: what Help Scout says, asked without the product. */
export function openHelpScoutSide({ stack: { urls, environment } }: Pick<RunningStack, 'stack'>) {
  const apiUrl = urls.sandbox ?? '';

  const newToken = async () => {
    const response = await fetch(`${apiUrl}/v2/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: environment.HELPSCOUT_APP_ID ?? '',
        client_secret: environment.HELPSCOUT_APP_SECRET ?? '',
      }),
    });
    return tokenSchema.parse(await response.json()).access_token;
  };
  const client = async () => createHelpScoutClient({ apiUrl, accessToken: await newToken(), budget: unlimited });

  return {
    client,

    /** Replaces a conversation's tags, and does it again until Help Scout has said that it did. */
    putTags: (conversationId: number, tags: string[]) =>
      persist(async () => {
        const response = await fetch(`${apiUrl}/v2/conversations/${conversationId}/tags`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${await newToken()}`, 'content-type': 'application/json' },
          body: JSON.stringify({ tags }),
        });
        if (response.status !== 204) throw new Error(`tags: ${response.status}`);
      }),

    /** Every conversation as the product should have it: the hash of its content, and how many threads it has. */
    async conversations(owner: { organizationId: string; integrationId: string; mailboxIds: number[] }) {
      const found = new Map<number, { contentHash: string; threads: number }>();
      const { conversations } = await client();
      const pages = scanConversations({
        conversations,
        mailboxIds: owner.mailboxIds,
        modifiedSince: new Date(Date.now() - YEAR_MS).toISOString(),
        now: () => new Date(),
        retry: (call) => call(),
      });
      for await (const { changed } of pages) {
        for (const { conversation, threads } of changed) {
          const whole = toConversation(conversation, threads, { ...owner, importedAt: new Date() });
          found.set(whole.conversationId, { contentHash: whole.contentHash, threads: whole.threads.length });
        }
      }
      return found;
    },
  };
}
export type HelpScoutSide = ReturnType<typeof openHelpScoutSide>;
