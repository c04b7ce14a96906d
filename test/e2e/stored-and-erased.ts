import assert from 'node:assert/strict';
import { acceptSubmission } from '../../src/api/commands/accept-submission.ts';
import { putCustomer } from '../../src/api/commands/put-customer.ts';
import { startErasure } from '../../src/api/commands/start-erasure.ts';
import { createLogger } from '../../src/api/logger.ts';
import { createWebClient, type WebClient } from '../../src/local/demo/web-client.ts';
import { submitForm } from '../../src/local/demo/web-form.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import {
  customerWorkflowId,
  integrationWorkflowId,
  rescanUpdate,
  ticketWorkflowId,
} from '../../src/workflows/contract.ts';
import { newSubmission } from '../support/new-submission.ts';
import { until } from '../support/until.ts';
import { type RunningStack, startRunningStack } from './running-stack.ts';
import { databaseOf, historiesOf, logsOf, secretsOf, visibilityOf } from './what-is-stored.ts';

const ADDRESS = 'Zelda.Quick@Zebra.example';
const NAME = 'Zelda Quickthorn';
const SENTENCES = [
  'my quarterly zebra invoices come out upside down',
  'the purple export button eats my homework daily',
  'kindly move the moon invoice to the attic',
  'I had the very same trouble with my striped printer',
];
const [INVOICES = '', BUTTON = '', MOON = '', PRINTER = ''] = SENTENCES;
const PASSWORDS = ['Docs key of nobody'];

/** Where design.md has customers' addresses ... */
const ADDRESSES_IN = [
  ...['conversations', 'insights', 'syncEvents', 'submissions', 'customers', 'integrations', 'members', 'auditTrail'],
  ...['sessions', 'issueRecords', 'recordComments', 'erasures'],
];
/** ... and what they wrote, or what was made of it. */
const SENTENCES_IN = [
  'conversations',
  'insights',
  'decisions',
  'submissions',
  'patterns',
  'issueRecords',
  'recordComments',
];

/**
 * What the running product stores, and what is left once a customer and the organization are erased. `survives`: the worker
 * is killed in the middle, and afterwards Help Scout, which still has the customer, is read once more.
 */
export function describeStoredAndErased({ survives }: { survives: boolean }): void {
  describe('what is stored, and what is left when it is erased', function () {
    this.timeout(400_000);
    let running: RunningStack;
    let integrationId: string;
    let secrets: string[];
    let client: WebClient;

    before(async () => {
      const others = Array.from({ length: 6 }, (_, index) => ({
        id: `other-${index}`,
        text: `The CSV export stops with a timeout error after 30 seconds, report ${index}. It worked last week.`,
        customerEmail: `other-${index}@client.example`,
      }));
      const theirs = [
        {
          id: 'z-1',
          subject: 'Zebra invoices upside down',
          text: `Hello, ${INVOICES}. ${NAME}`,
          customerEmail: ADDRESS,
        },
        { id: 'z-2', subject: 'Purple button', text: `Please note: ${BUTTON}.`, customerEmail: ADDRESS },
        {
          ...{ id: 'z-3', subject: 'Printer', text: 'My printer stopped.', customerEmail: 'pat@client.example' },
          threads: [
            { type: 'customer', text: 'My printer stopped printing invoices since the update.' },
            { type: 'customer', text: `${PRINTER}, says ${NAME}.`, from: ADDRESS },
          ],
        },
      ];
      running = await startRunningStack({ corpus: [...theirs, ...others] });
      integrationId = await running.connect();
      await running.untilScanned(integrationId);
      const { account, urls } = running.stack;
      client = createWebClient();
      const signIn = await client.get(`${urls.api}/sign-in`);
      await submitForm(client, signIn, /\/sign-in$/, {
        email: account?.email ?? '',
        password: account?.password ?? '',
      });
      await traffic();
      secrets = [...(await secretsOf(running)), ...PASSWORDS];
    });
    after(async () => {
      await running?.stop();
    });

    const keyRing = () => createKeyRing(running.stack.environment.ENCRYPTION_KEYS ?? '');
    const deps = () => ({
      storage: running.storage,
      temporal: running.temporal,
      keyRing: keyRing(),
      logger: createLogger('silent'),
      now: () => new Date(),
    });
    const rowStatus = async (eventId: string) =>
      (await running.storage.syncEvents.get(running.organizationId, eventId))?.status;

    /** A ticket, a customer's data, a new message by webhook, a row that waits for a person, and people's own words. */
    async function traffic(): Promise<void> {
      const { storage, organizationId, control } = running;
      const mailboxId = (await storage.integrations.get(organizationId, integrationId))?.selectedMailboxIds[0] ?? 0;
      const scope = { organizationId, integrationId, mailboxId };
      const submission = newSubmission({
        ...{ ...scope, customerEmail: ADDRESS, customerName: NAME, subject: 'Moon', message: `Hello, ${MOON}.` },
        ...{ formId: null, source: 'manual', createdBy: 'admin@example.com' },
      });
      await acceptSubmission(deps(), submission, null);
      const ticket = ticketWorkflowId(organizationId, submission.submissionId);
      await until(async () => (await rowStatus(ticket)) === 'success', { what: 'the ticket', timeoutMs: 90_000 });
      await putCustomer(deps(), organizationId, 'crm-1', {
        email: ADDRESS.toLowerCase(),
        firstName: 'Zelda',
        lastName: 'Quickthorn',
      });
      const synced = async () => (await storage.customers.get(organizationId, 'crm-1'))?.state === 'synced';
      await until(synced, { what: 'the customer', timeoutMs: 90_000 });
      // One that waits for a person: its workflow runs, and has the address in its payloads.
      await acceptSubmission(deps(), newSubmission({ ...submission, submissionId: 'waits', message: '' }), null);
      const waits = ticketWorkflowId(organizationId, 'waits');
      await until(async () => (await rowStatus(waits)) === 'failed', { what: 'a row that waits', timeoutMs: 90_000 });
      await control('POST', '/conversations/7002/messages', { type: 'customer', text: `Again: ${BUTTON}!` });
      const again = async () => ((await storage.insights.get(organizationId, 7002))?.revision ?? 0) >= 2;
      await until(again, { what: 'the second classification', timeoutMs: 90_000 });
      const [record] = await storage.issueRecords.list(organizationId, 'bug');
      const comment = { recordId: record?.recordId ?? 'record', at: new Date(), by: 'admin@example.com' };
      await storage.recordComments.add(organizationId, { ...comment, text: `${NAME} said: ${INVOICES}` });
      await storage.recordComments.add(organizationId, { ...comment, text: 'Others say the same.' });
    }

    const everything = async () => {
      const { stored, decrypted } = await historiesOf(running);
      return { stored, decrypted, database: await databaseOf(running), shown: await visibilityOf(running) };
    };
    const placesOf = (texts: Record<string, string>, word: string) =>
      Object.entries(texts).flatMap(([place, text]) =>
        text.toLowerCase().includes(word.toLowerCase()) ? [place] : [],
      );

    it('keeps secrets in the clear nowhere, and addresses and messages only where they belong', async () => {
      const { stored, decrypted, database, shown } = await everything();
      assert.ok(secrets.length >= 5, `${secrets.length} secrets to look for`);
      const logs = await logsOf(running);
      for (const secret of secrets) {
        for (const texts of [stored, decrypted, database, shown, logs]) assert.deepEqual(placesOf(texts, secret), []);
      }
      for (const word of [
        ADDRESS,
        NAME,
        'other-1@client.example',
        ...SENTENCES,
        'stops with a timeout error after 30',
      ]) {
        for (const texts of [stored, shown, logs]) assert.deepEqual(placesOf(texts, word), [], word);
      }
      for (const sentence of [...SENTENCES, 'stops with a timeout error after 30']) {
        assert.deepEqual(placesOf(decrypted, sentence), [], sentence);
        const places = placesOf(database, sentence);
        assert.ok(places.includes('conversations') || places.includes('submissions'), 'it was read at all');
        assert.deepEqual(
          places.filter((place) => !SENTENCES_IN.includes(place)),
          [],
          sentence,
        );
      }
      assert.ok(placesOf(decrypted, ADDRESS).length > 0, 'rows of the log in histories say whose they are');
      for (const address of [ADDRESS, 'other-1@client.example']) {
        assert.deepEqual(
          placesOf(database, address).filter((place) => !ADDRESSES_IN.includes(place)),
          [],
          address,
        );
      }
    });

    it(`erases a customer${survives ? ', also when the worker is killed in the middle' : ''}`, async () => {
      const { storage, organizationId, stack } = running;
      const page = await client.get(`${stack.urls.api}/settings/erase`);
      assert.match(page.html, /never read\s+again/);
      const wrong = { email: ADDRESS, again: 'other@zebra.example', later: 'refuse' };
      await assert.rejects(submitForm(client, page, /\/erase\/customer$/, wrong), /answered 422/);
      assert.deepEqual(await storage.erasures.list(organizationId), []);

      const others = (await storage.insights.counts(organizationId, {})).total;
      const who = { organizationId, memberId: 'member-1', by: 'admin@example.com' };
      const wish = { kind: 'customer', address: ADDRESS.toLowerCase(), refusesLater: true } as const;
      const erasureId = await startErasure(deps(), who, wish, 3_000);
      if (survives) {
        await stack.kill('worker', 'SIGKILL');
        await stack.restart('worker');
      }
      const done = async () => (await storage.erasures.get(erasureId))?.state === 'done';
      await until(done, { what: 'the erasure', timeoutMs: 200_000 });

      const found = async () => {
        const { decrypted, database, shown } = await everything();
        const texts = { ...decrypted, ...database, ...shown };
        return [ADDRESS, NAME, ...SENTENCES].flatMap((word) =>
          placesOf(texts, word).map((place) => `${word}: ${place}`),
        );
      };
      assert.deepEqual(await found(), []);
      const receipt = (await storage.erasures.get(erasureId)) ?? assert.fail('no receipt');
      assert.equal(receipt.removed.conversations, 3, JSON.stringify(receipt.removed));
      assert.equal(receipt.removed.submissions, 2);
      // The customer's, both tickets', the scan's, and the integration's, which goes on as a new run now and then.
      const { deleted } = receipt.workflows;
      assert.ok(deleted >= 5 && deleted <= 9, `${deleted} histories`);
      for (const id of [customerWorkflowId(integrationId, 'crm-1'), ticketWorkflowId(organizationId, 'waits')])
        await assert.rejects(running.temporal.workflow.getHandle(id).describe(), /not found/i);
      assert.equal((await storage.insights.counts(organizationId, {})).total, others - 3);
      assert.ok(await storage.conversations.get(organizationId, 7003), 'a conversation of somebody else stays');

      if (!survives) return;
      // Help Scout still has them, and tells of them.
      await running.control('POST', '/conversations/7001/messages', { type: 'customer', text: `Hello? ${INVOICES}` });
      await running.control('POST', '/conversations', { subject: 'New', text: BUTTON, customerEmail: ADDRESS });
      await running.temporal.workflow.getHandle(integrationWorkflowId(integrationId)).executeUpdate(rescanUpdate);
      const scanned = async () => {
        const scan = (await storage.integrations.get(organizationId, integrationId))?.scan;
        return scan?.scanNumber === 2 && scan.state === 'completed';
      };
      await until(scanned, { what: 'the second scan', timeoutMs: 120_000 });
      assert.deepEqual(await found(), []);
      assert.equal((await storage.insights.counts(organizationId, {})).total, others - 3);
    });

    // Temporal takes half a minute to delete a history: the short form waits for that once.
    if (!survives) return;

    it('erases an organization, and leaves nothing but the receipts', async () => {
      const { storage, organizationId, stack } = running;
      const page = await client.get(`${stack.urls.api}/settings/erase`);
      await assert.rejects(submitForm(client, page, /\/erase\/organization$/, { organizationName: 'Nobody' }), /422/);
      const who = { organizationId, memberId: 'member-1', by: 'admin@example.com' };
      const erasureId = await startErasure(deps(), who, { kind: 'organization' }, 3_000);
      const done = async () => (await storage.erasures.get(erasureId))?.state === 'done';
      await until(done, { what: 'the erasure', timeoutMs: 200_000 });

      const { decrypted, database, shown } = await everything();
      assert.deepEqual(placesOf(database, organizationId), ['erasures']);
      const left = placesOf({ ...decrypted, ...shown }, organizationId);
      assert.deepEqual(
        left.filter((place) => !/ (of|visibility of) erase:|^history of erase:/.test(place)),
        [],
      );
      for (const word of [...secrets, 'client.example', 'stops with a timeout', running.stack.account?.email ?? '-'])
        assert.deepEqual(placesOf({ ...decrypted, ...database, ...shown }, word), [], 'a secret or an address is left');
      const receipt = await client.get(`${stack.urls.api}/erasures/${erasureId}`);
      assert.equal(receipt.status, 200);
      assert.match(receipt.html, /nothing is left/);
      assert.match((await client.get(`${stack.urls.api}/insights`)).url.pathname, /sign-in|setup/);
    });
  });
}
