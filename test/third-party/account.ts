import { z } from 'zod';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { APP, control, corpusOf, start } from '../sandbox/support.ts';

/** Three pages of conversations: what a client forgets to read on is missed. */
export const CONVERSATIONS = 60;
/** Two pages of threads. */
export const LONG_CONVERSATION_THREADS = 30;

/** What the first conversations of the account say; the rest is made up. */
const LINES: Parameters<typeof corpusOf>[1] = [
  {
    id: 'long',
    subject: 'Export läuft nie durch 🚀',
    text: 'Since Monday the CSV export stops.',
    customerEmail: 'lin.osei@client.example',
    threads: Array.from({ length: LONG_CONVERSATION_THREADS }, (_, index) => ({
      type: index % 2 === 0 ? ('customer' as const) : ('message' as const),
      text: `Message ${index + 1} — “quoted” / slashed & <angled> 🚀`,
    })),
  },
  {
    id: 'note',
    subject: 'Dark mode',
    text: 'Could you add a dark theme?',
    customerEmail: 'kim.ito@client.example',
    threads: [
      { type: 'customer', text: 'Could you add a dark theme?' },
      { type: 'note', text: 'Asked before.' },
    ],
  },
];

/** A sandbox with an account that gives every client something to stumble over. */
export function startAccount(): Promise<Sandbox> {
  return start({ corpus: corpusOf(CONVERSATIONS, LINES) });
}

/** What drivers read from their environment. */
export const environmentFor = (sandbox: Sandbox): Record<string, string> => ({
  SANDBOX_URL: sandbox.url,
  APP_ID: APP.appId,
  APP_SECRET: APP.appSecret,
  DOCS_API_KEY: APP.docsApiKey,
});

const heldSchema = z.array(z.object({ conversationId: z.number(), corpusId: z.string() }));

/** The conversations that the sandbox holds, as its control API tells. */
async function heldConversations(sandbox: Sandbox) {
  return heldSchema.parse(await control(sandbox, 'GET', '/conversations'));
}

/** The ids of what was read, in ascending order. */
export const idsOf = (rows: { id: number }[]): number[] => rows.map(({ id }) => id).toSorted((a, b) => a - b);

/** The ids of all conversations that the sandbox holds, in ascending order. */
export async function heldIds(sandbox: Sandbox): Promise<number[]> {
  return idsOf((await heldConversations(sandbox)).map(({ conversationId }) => ({ id: conversationId })));
}

/** The id of the conversation that is called so in the account. */
export async function conversationIdOf(sandbox: Sandbox, corpusId: string): Promise<number> {
  const found = (await heldConversations(sandbox)).find((held) => held.corpusId === corpusId);
  if (!found) throw new Error(`the account has no conversation ${corpusId}`);
  return found.conversationId;
}

const journalSchema = z.array(
  z.looseObject({
    kind: z.string(),
    method: z.string().optional(),
    path: z.string().optional(),
    template: z.string().optional(),
    status: z.number().nullish(),
  }),
);

/** `METHOD template status` of every API call that the sandbox saw, in order. */
export async function callsSeen(sandbox: Sandbox): Promise<string[]> {
  const journal = journalSchema.parse(await control(sandbox, 'GET', '/journal'));
  return journal
    .filter(({ kind, template }) => kind === 'request' && /^\/v\d/.test(template ?? ''))
    .map(({ method, template, status }) => `${method} ${template} ${status}`);
}
