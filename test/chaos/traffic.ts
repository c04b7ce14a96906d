import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Random } from '../../src/sandbox/corpus/prng.ts';
import type { RunningStack } from '../e2e/running-stack.ts';
import type { HelpScoutSide } from './help-scout-side.ts';
import { persist } from './persist.ts';

const conversationSchema = z.object({ conversationId: z.number().int() });
const acceptedSchema = z.object({ submissionId: z.string() });

/** What was done, and what the world should look like after it. */
export interface Ledger {
  conversations: number;
  replies: number;
  notes: number;
  tagged: number;
  /** Ids that the product gave to submissions it accepted. */
  submissions: string[];
  /** By external id: what was last accepted, numbered. */
  customers: Map<string, number>;
}

const CUSTOMERS = 40;
const REPORTS = 60;
export const emailOf = (externalId: string) => `${externalId}@shop.example`;
export const jobOf = (number: number) => `Analyst ${number}`;

/** What happens in the account, and what people send to it: each thing by its share. */
const SHARES = [
  ['conversation', 0.4],
  ['reply', 0.3],
  ['note', 0.08],
  ['tags', 0.08],
  ['submission', 0.08],
  ['customer', 0.06],
] as const;

function pickKind(random: Random) {
  let left = random.next();
  for (const [kind, share] of SHARES) {
    left -= share;
    if (left < 0) return kind;
  }
  return SHARES[0][0];
}

/**
 * Writes to the account as customers and agents do, which Help Scout's webhooks tell of, and sends contact forms and
 * customers to the product. What is sent is sent until it was accepted; what Help Scout tells is Help Scout's to repeat.
 */
export function createTraffic({
  running,
  helpScout,
  random,
  formKey,
  apiKey,
  known,
}: {
  running: Pick<RunningStack, 'control' | 'stack'>;
  helpScout: Pick<HelpScoutSide, 'putTags'>;
  random: Random;
  formKey: string;
  apiKey: string;
  /** Conversations that are there already. */
  known: number[];
}) {
  const { control, stack } = running;
  const ids = [...known];
  const ledger: Ledger = { conversations: 0, replies: 0, notes: 0, tagged: 0, submissions: [], customers: new Map() };
  const lastOf = new Map<string, Promise<void>>();
  let number = 0;

  const send = (path: string, init: RequestInit) =>
    persist(async () => {
      const response = await fetch(`${stack.urls.api}${path}`, { ...init, signal: AbortSignal.timeout(15_000) });
      const text = await response.text();
      if (response.status !== 202) throw new Error(`${path} answered ${response.status}`);
      return text;
    });

  const write = async (conversationId: number, type: 'customer' | 'message' | 'note', text: string) =>
    control('POST', `/conversations/${conversationId}/messages`, { type, text });

  const act = (): (() => Promise<void>) => {
    number += 1;
    const mine = number;
    const report = random.between(1, REPORTS);
    const text = `Report ${report} cannot be exported since yesterday, error ${report}. Message ${mine}.`;
    const conversationId = random.pick(ids);
    const externalId = `shop-${random.between(1, CUSTOMERS)}`;
    switch (pickKind(random)) {
      case 'conversation':
        return async () => {
          const customerEmail = `person-${report}@client.example`;
          const made = await control('POST', '/conversations', { subject: `Export ${mine}`, text, customerEmail });
          ids.push(conversationSchema.parse(made).conversationId);
          ledger.conversations += 1;
        };
      case 'reply':
        return async () => {
          await write(conversationId, 'customer', text);
          ledger.replies += 1;
        };
      case 'note':
        return async () => {
          await write(conversationId, 'note', text);
          ledger.notes += 1;
        };
      case 'tags':
        return async () => {
          await helpScout.putTags(conversationId, [`tag-${report}`]);
          ledger.tagged += 1;
        };
      case 'submission':
        return async () => {
          const answer = await send(`/forms/${formKey}/submissions`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': `browser-${mine}-of-the-test` },
            body: JSON.stringify({ email: `writer-${mine}@client.example`, message: text }),
          });
          ledger.submissions.push(acceptedSchema.parse(JSON.parse(answer)).submissionId);
        };
      case 'customer':
        return () => {
          // Two changes of one customer are sent one after the other, as a shop does.
          const turn = (lastOf.get(externalId) ?? Promise.resolve()).then(async () => {
            await send(`/api/v1/customers/${externalId}`, {
              method: 'PUT',
              headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
              body: JSON.stringify({ email: emailOf(externalId), firstName: 'Kim', jobTitle: jobOf(mine) }),
            });
            ledger.customers.set(externalId, mine);
          });
          lastOf.set(externalId, turn);
          return turn;
        };
    }
  };

  return {
    ledger,
    /** So many things a second, whether or not the ones before are done; comes back when all of them are. */
    async keepUp({ perSecond, forMs }: { perSecond: number; forMs: number }): Promise<void> {
      const underWay: Promise<void>[] = [];
      const beganMs = Date.now();
      for (let turn = 0; turn < (forMs / 1000) * perSecond; turn += 1) {
        await delay(Math.max(0, beganMs + (turn * 1000) / perSecond - Date.now()));
        const work = act()();
        work.catch(() => undefined); // heard below
        underWay.push(work);
      }
      await Promise.all(underWay);
    },
  };
}
