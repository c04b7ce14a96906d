import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { until } from '../support/until.ts';
import { startRunningStack } from './running-stack.ts';

export interface SurvivalWish {
  /** Submissions with a text of their own. */
  submissions: number;
  /** Submissions that repeat one of these, of the same customer, under a key of their own. */
  duplicates: number;
  /** How often each of api and worker is killed while they come. */
  kills: number;
  timeoutMs: number;
}

const CREATE = { template: '/v2/conversations', method: 'POST' };
const acceptedSchema = z.object({ submissionId: z.string() });
const journalSchema = z.array(
  z.object({
    seq: z.number(),
    method: z.string().optional(),
    template: z.string().optional(),
    status: z.number().nullish(),
    unsentStatus: z.number().nullish(),
  }),
);
/** At once; a browser waits for its answer before it sends again. */
const SENDERS = 8;

/**
 * Submits to a contact form over HTTP while Help Scout loses answers, fails and limits, and api and worker are killed;
 * then counts what the sandbox has written. @returns what was measured
 */
export async function surviveSubmissions({ submissions, duplicates, kills, timeoutMs }: SurvivalWish) {
  const running = await startRunningStack({
    corpus: [{ id: 'a', text: 'The export fails with error 500 since Monday.' }],
    env: {
      HELPSCOUT_SEARCH_LAG_SECONDS: '2',
      HELPSCOUT_CLOCK_DIFFERENCE_SECONDS: '5',
      HELPSCOUT_CALLS_PER_MINUTE: '100000',
      FORM_SUBMISSIONS_PER_MINUTE: '1000000',
    },
  });
  try {
    const { stack, storage, control, organizationId } = running;
    const integrationId = await running.connect();
    await running.untilScanned(integrationId);
    const { mailboxes } = (await storage.integrations.get(organizationId, integrationId)) ?? assert.fail('gone');
    const form = await storage.contactForms.create(organizationId, {
      integrationId,
      name: 'Contact',
      mailboxId: mailboxes[0]?.mailboxId ?? 0,
      fields: [
        { name: 'email', label: 'E-mail', type: 'email', purpose: 'email', required: true, options: [] },
        { name: 'message', label: 'Message', type: 'textarea', purpose: 'message', required: true, options: [] },
      ],
      assigneeId: null,
      tags: [],
      autoReplyText: 'We have received your message.',
      allowedOrigins: [],
      enabled: true,
    });
    await control('PATCH', '/switches', { rateLimit: { perMinute: 100_000 } });
    for (const [seed, effect, probability] of [
      [11, { drop: 'after' }, 0.05],
      [12, { status: 500 }, 0.05],
      [13, { status: 429, retryAfterSeconds: 1 }, 0.03],
    ] as const) {
      await control('POST', '/faults', { ...CREATE, effect, when: { probability, seed } });
    }

    const total = submissions + duplicates;
    /** The last ones repeat the first; every tenth is sent twice with its key, as a browser does that heard nothing. */
    const textOf = (index: number) => index % submissions;
    const ids: (string | undefined)[] = [];
    let repeats = 0;
    const post = async (index: number): Promise<string> => {
      for (;;) {
        try {
          const response = await fetch(`${stack.urls.api}/forms/${form.key}/submissions`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'idempotency-key': `browser-${index}-of-the-test` },
            body: JSON.stringify({
              email: `person-${textOf(index)}@client.example`,
              message: `Report ${textOf(index)} cannot be exported.`,
            }),
            signal: AbortSignal.timeout(15_000),
          });
          const text = await response.text();
          if (response.status === 202) return acceptedSchema.parse(JSON.parse(text)).submissionId;
          assert(response.status >= 500, `${response.status}: ${text}`);
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error; // anything else is the api that was killed
        }
        repeats += 1;
        await delay(200);
      }
    };
    let next = 0;
    const send = async () => {
      for (let index = next++; index < total; index = next++) {
        const id = await post(index);
        if (index % 10 === 0) assert.equal(await post(index), id);
        ids[index] = id;
      }
    };
    const sent = () => ids.filter(Boolean).length;
    const killing = async () => {
      for (let kill = 1; kill <= kills; kill++) {
        await until(() => sent() >= (total * kill) / (kills + 1), { what: 'submissions', timeoutMs });
        for (const name of ['worker', 'api'] as const) {
          await stack.kill(name, 'SIGKILL');
          await stack.restart(name);
        }
      }
    };
    await Promise.all([killing(), ...Array.from({ length: SENDERS }, send)]);
    assert.equal(new Set(ids).size, total);

    const counts = () => storage.submissions.counts(organizationId);
    const settled = async () => {
      const { created, held } = await counts();
      return created + held === total;
    };
    await until(settled, { what: 'every submission to be settled', timeoutMs }).catch(async (error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(await counts())}`);
    });
    const rowsBy = async (status: 'success' | 'skipped') => {
      let found = 0;
      let cursor: Parameters<typeof storage.syncEvents.list>[2]['cursor'];
      do {
        const filter = { types: ['ticketCreated' as const], statuses: [status] };
        const page = await storage.syncEvents.list(organizationId, filter, { limit: 500, cursor });
        found += page.events.length;
        cursor = page.next ?? undefined;
      } while (cursor);
      return found;
    };
    await until(async () => (await rowsBy('success')) + (await rowsBy('skipped')) === total, {
      what: 'rows',
      timeoutMs,
    });

    const journal: z.infer<typeof journalSchema> = [];
    for (let since = 0; ; since = journal.at(-1)?.seq ?? since) {
      const page = journalSchema.parse(await control('GET', `/journal?since=${since}&limit=1000`));
      if (page.length === 0) break;
      journal.push(...page);
    }
    const creates = journal.filter(({ method, template }) => method === 'POST' && template === CREATE.template);
    const written = creates.filter(({ status, unsentStatus }) => status === 201 || unsentStatus === 201).length;
    return {
      ...(await counts()),
      written,
      creates: creates.length,
      lost: creates.filter(({ unsentStatus }) => unsentStatus === 201).length,
      repeats,
      success: await rowsBy('success'),
      skipped: await rowsBy('skipped'),
      autoReplies: (await storage.sentEmails.list(organizationId, { limit: total + 1 })).emails.length,
    };
  } finally {
    await running.stop();
  }
}
