import assert from 'node:assert/strict';
import type { Submission } from '../../src/domain/submission.ts';
import type { SentEmail } from '../../src/storage/sent-emails.ts';
import { ticketWorkflowId } from '../../src/workflows/contract.ts';
import type { Browser } from '../support/browser.ts';
import { addContactForm, addIntegration } from '../support/contact-form.ts';
import { useTemporal } from '../support/temporal.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const FORMS = '/settings/forms';

describe('pages of contact forms and tickets', function () {
  this.timeout(60_000);
  const app = useWebApp({ temporal: useTemporal() });
  let organizationId: string;
  let integrationId: string;
  let administrator: Browser;
  let manager: Browser;

  before(async () => {
    const acme = await addOrganization(app.storage, 'Acme');
    organizationId = acme.organizationId;
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    administrator = await signIn(app, acme.email);
    manager = await signIn(app, 'manager@acme.example');
  });

  const audited = async () =>
    (await app.storage.auditTrail.list(organizationId, { limit: 1 })).entries[0] ?? assert.fail('nothing audited');
  const fields = (...list: Record<string, string>[]) =>
    Object.fromEntries(
      list.flatMap((field, index) =>
        Object.entries({ name: '', type: 'text', purpose: 'custom', required: 'no', options: '', ...field }).map(
          ([part, value]) => [`field-${index}-${part}`, value],
        ),
      ),
    );
  const EMAIL = { label: 'E-mail', purpose: 'email' };
  const MESSAGE = { label: 'Message', purpose: 'message' };
  const settings = (rest: Record<string, string> = {}) => ({
    ...{ name: 'Contact us', mailbox: `${integrationId}/310`, assigneeId: '41', tags: 'website, Website 2,website' },
    ...{ autoReplyText: 'Thank you.', allowedOrigins: 'https://www.acme.example/', enabled: 'yes', action: 'save' },
    ...fields(EMAIL, MESSAGE),
    ...rest,
  });

  it('sends people without a mailbox to the integrations, and shows an empty list', async () => {
    assert.match((await administrator.get(FORMS)).text, /There is no contact form yet/);
    assert.match((await administrator.get(`${FORMS}/new`)).text, /No mailbox to send to/);
    assert.match((await manager.get('/tickets/new')).text, /No mailbox to send to/);
    integrationId = await addIntegration(app.storage, organizationId);
    const { text } = await administrator.get(`${FORMS}/new`);
    assert.match(text, /Support \(support@acme\.example\)/);
    assert.doesNotMatch(text, /private@acme/);
  });

  it('creates a form, with names made from labels and what a purpose asks for', async () => {
    const order = { label: 'Órder number', type: 'text', required: 'yes' };
    const choice = { label: 'Plan', type: 'select', options: 'Free\r\nTeam\r\n' };
    const answer = await administrator.submit(`${FORMS}/new`, settings(fields(EMAIL, MESSAGE, order, choice)));
    assert.equal(answer.status, 303, answer.text);
    const [form] = await app.storage.contactForms.list(organizationId);
    assert.ok(form);
    assert.equal(answer.location, `${FORMS}/${form.formId}`);
    assert.deepEqual(form.tags, ['website', 'Website 2']);
    assert.deepEqual(form.allowedOrigins, ['https://www.acme.example']);
    assert.equal(form.assigneeId, 41);
    assert.deepEqual(
      form.fields.map(({ name, type, required, options }) => [name, type, required, options]),
      [
        ['e_mail', 'email', true, []],
        ['message', 'textarea', true, []],
        ['order_number', 'text', true, []],
        ['plan', 'select', false, ['Free', 'Team']],
      ],
    );
    const { action, target, by } = await audited();
    assert.deepEqual([action, target, by], ['created contact form', form.formId, 'administrator@acme.example']);
    const page = (await administrator.get(answer.location)).text;
    assert.match(page, new RegExp(`/forms/${form.key}/embed\\.js`));
    assert.match(page, /Preview/);
    assert.match(page, /contact_by_fax/);
  });

  it('refuses what does not fit at its field, and keeps everything that was typed', async () => {
    const [form] = await app.storage.contactForms.list(organizationId);
    assert.ok(form);
    const path = `${FORMS}/${form.formId}`;
    const wrong: [Record<string, string>, RegExp][] = [
      [{ name: ' ' }, /Enter a name\./],
      [{ mailbox: `${integrationId}/312` }, /Choose a mailbox\./],
      [{ assigneeId: '99' }, /Choose a user/],
      [{ allowedOrigins: 'https://a.example/path' }, /Write each as in/],
      [{ allowedOrigins: 'javascript:alert(1)' }, /Write each as in/],
      [{ tags: 'x'.repeat(61) }, /at most 60 characters/],
      [fields(EMAIL, { label: 'Something' }), /exactly one field for the message/],
      [fields(EMAIL, MESSAGE, EMAIL), /exactly one field for the customer/],
      [fields(EMAIL, MESSAGE, { label: '' }), /Enter a label\./],
      [fields(EMAIL, MESSAGE, { label: 'A', name: 'message' }), /Another field has this name\./],
      [fields(EMAIL, MESSAGE, { label: 'A', name: 'contact_by_fax' }), /This name is taken/],
      [fields(EMAIL, MESSAGE, { label: 'A', name: '1 x' }), /Begin with a letter/],
      [fields(EMAIL, MESSAGE, { label: 'A', type: 'select', options: 'one' }), /at least two options/],
    ];
    for (const [rest, sentence] of wrong) {
      const answer = await administrator.submit(path, settings({ autoReplyText: 'Kept & shown', ...rest }));
      assert.equal(answer.status, 422, String(sentence));
      assert.match(answer.text, sentence);
      assert.match(answer.text, /Kept &amp; shown/);
    }
    assert.equal((await app.storage.contactForms.get(organizationId, form.formId))?.autoReplyText, 'Thank you.');
  });

  it('adds, moves and removes fields by buttons that keep what was typed and save nothing', async () => {
    const path = `${FORMS}/new`;
    const labels = (text: string) =>
      [...text.matchAll(/<input [^>]*id="field-\d+-label"[^>]*>/g)].map(
        ([tag]) => / value="([^"]*)"/.exec(tag)?.[1] ?? '',
      );
    const press = (action: string) =>
      administrator.submit(path, settings({ name: 'Draft', ...fields(EMAIL, MESSAGE, { label: 'Third' }), action }));
    assert.deepEqual(labels((await press('add')).text), ['E-mail', 'Message', 'Third', '']);
    const up = await press('up-2');
    assert.deepEqual(labels(up.text), ['E-mail', 'Third', 'Message']);
    assert.match(up.text, /<button id="field-1-up"[^>]* autofocus/);
    assert.deepEqual(labels((await press('down-0')).text), ['Message', 'E-mail', 'Third']);
    assert.deepEqual(labels((await press('remove-0')).text), ['Message', 'Third']);
    assert.match(up.text, /value="Draft"/);
    assert.equal((await app.storage.contactForms.list(organizationId)).length, 1);
  });

  it('lists forms with their last week, switches them off and on, and deletes one after asking', async () => {
    const [form] = await app.storage.contactForms.list(organizationId);
    assert.ok(form);
    const send = { e_mail: 'ada@customer.example', message: 'Hello', order_number: '1' };
    await app.browser().post(`/forms/${form.key}/submissions`, send);
    await app.browser().post(`/forms/${form.key}/submissions`, { ...send, contact_by_fax: 'x' });
    const list = (await administrator.get(FORMS)).text;
    assert.match(list, /data-label="Last 7 days">1</);
    assert.match(list, /Support/);
    const path = `${FORMS}/${form.formId}`;
    assert.equal((await administrator.submit(`${path}/switch`, { enabled: 'no' }, FORMS)).status, 303);
    assert.equal((await app.browser().get(`/forms/${form.key}`)).status, 410);
    assert.equal((await audited()).action, 'switched contact form off');
    assert.match((await administrator.get(`${path}/delete`)).text, /2 messages that came through it/);
    assert.equal((await administrator.submit(`${path}/delete`)).status, 303);
    assert.equal((await audited()).action, 'deleted contact form');
    assert.equal((await app.browser().get(`/forms/${form.key}`)).status, 404);
    assert.equal((await administrator.get(path)).status, 404);
  });

  it('creates a ticket by hand, once for one content, and shows it', async () => {
    const values = {
      ...{
        mailbox: `${integrationId}/311`,
        customerEmail: 'Bob@customer.example',
        customerName: 'Bob',
        subject: 'Call',
      },
      ...{ message: 'He called.', assigneeId: '41', tags: 'phone', idempotencyKey: 'one-page', from: '' },
    };
    const wrong = await manager.submit('/tickets/new', { ...values, customerEmail: 'bob', message: '' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter an e-mail address/);
    assert.match(wrong.text, /Enter a message/);
    assert.match(wrong.text, /value="Call"/);
    const first = await manager.submit('/tickets/new', values);
    assert.equal(first.status, 303, first.text);
    assert.equal((await manager.submit('/tickets/new', values)).location, first.location);
    assert.notEqual((await manager.submit('/tickets/new', { ...values, message: 'Again.' })).location, first.location);
    const submissionId = first.location.split('/').at(-1) ?? '';
    const submission = await app.storage.submissions.get(organizationId, submissionId);
    assert.equal(submission?.source, 'manual');
    assert.equal(submission?.createdBy, 'manager@acme.example');
    assert.equal(submission?.mailboxId, 311);
    const row = await app.storage.syncEvents.get(organizationId, ticketWorkflowId(organizationId, submissionId));
    assert.equal(row?.customerEmail, 'bob@customer.example');
    const page = (await manager.get(first.location)).text;
    assert.match(page, /He called\./);
    assert.match(page, /on its way to Help Scout/);
  });

  it('fills a ticket in from a failed row, with what was corrected, and lets administrators decide', async () => {
    const form = await addContactForm(app.storage, organizationId, { integrationId });
    const sent = await app.browser().send(`/forms/${form.key}/submissions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'carol at example', message: 'Help', plan: 'Team', name: 'Carol' }),
    });
    const { submissionId } = JSON.parse(sent.text);
    await app.storage.submissions.settleState(organizationId, submissionId, 'failed');
    await app.storage.submissions.edit(organizationId, submissionId, {
      by: 'administrator@acme.example',
      at: new Date(),
      changes: { customerEmail: 'carol@customer.example' },
    });
    for (const from of [submissionId, ticketWorkflowId(organizationId, submissionId)]) {
      const { text } = await manager.get(`/tickets/new?from=${encodeURIComponent(from)}`);
      assert.match(text, /value="carol@customer\.example"/);
      assert.match(text, /Your plan: Team/);
    }
    assert.equal((await manager.get('/tickets/new?from=nobody')).status, 404);
    const page = (await manager.get(`/tickets/${submissionId}`)).text;
    assert.match(page, /carol at example/);
    assert.match(page, /Create it by hand/);
    assert.doesNotMatch(page, /\/send"/);
    assert.match((await administrator.get(`/tickets/${submissionId}`)).text, /\/send"/);
    assert.equal((await manager.post(`/tickets/${submissionId}/send`)).status, 403);
  });

  it('pages through suspected duplicates, with the first one, the time between and what can be done', async () => {
    assert.match((await manager.get('/tools/integrations/duplicates')).text, /No duplicates/);
    const form = await addContactForm(app.storage, organizationId, { integrationId, name: 'Duplicated' });
    const start = Date.now() - 86_400_000;
    const base: Submission = {
      ...{ submissionId: 'first', organizationId, integrationId, formId: form.formId, source: 'form' },
      ...{ createdBy: null, mailboxId: 310, assigneeId: null, tags: [], autoReplyText: '', customerName: '' },
      ...{ customerEmail: 'dan@customer.example', subject: 'Twice', message: 'Twice', answers: [], problem: null },
      ...{ fingerprint: '', state: 'created', duplicateOf: null, conversationId: 5, edits: [] },
      ...{ receivedAt: new Date(start), firstSentAt: null },
    };
    await app.storage.submissions.accept(organizationId, base, null);
    for (let n = 1; n <= 30; n++) {
      const later: Submission = {
        ...{ ...base, submissionId: `later-${n}`, duplicateOf: 'first', subject: `Twice ${n}` },
        ...{ state: n % 2 === 0 ? 'held' : 'created', receivedAt: new Date(start + n * 60_000) },
      };
      await app.storage.submissions.accept(organizationId, later, null);
    }
    const page = (await manager.get('/tools/integrations/duplicates')).text;
    assert.match(page, /30 minutes/);
    assert.match(page, /Duplicated/);
    assert.match(page, /Held back/);
    assert.match(page, /and flagged/);
    assert.doesNotMatch(page, /Send anyway/);
    const older =
      /href="([^"]*before=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? assert.fail('no older page');
    const rest = (await manager.get(older)).text;
    const seen = [page, rest].map(
      (text) => new Set([...text.matchAll(/\/tickets\/(later-\d+)"/g)].map((hit) => hit[1])),
    );
    assert.deepEqual(
      seen.map(({ size }) => size),
      [25, 5],
    );
    const forAdministrator = (await administrator.get(older)).text;
    assert.match(forAdministrator, /Send anyway/);
    assert.match(forAdministrator, /Dismiss/);
    assert.match((await manager.get('/tickets/later-2')).text, /was held back/);
  });

  it('lists what was sent automatically, by customer and kind', async () => {
    const path = '/tools/integrations/e-mails';
    assert.match((await manager.get(path)).text, /Nothing has been sent yet/);
    const email: SentEmail = {
      emailId: 'autoReply/1',
      kind: 'autoReply',
      to: 'eve@customer.example',
      subject: 'Re: Hello',
      status: 'sent',
      error: '',
      customerEmail: 'eve@customer.example',
      conversationId: 77,
      submissionId: 's-1',
      at: new Date(),
    };
    await app.storage.sentEmails.record(organizationId, email);
    await app.storage.sentEmails.record(organizationId, {
      ...email,
      emailId: 'notification/1',
      kind: 'notification',
      to: 'team@acme.example',
      subject: 'Alert',
      status: 'failed',
      error: 'No server.',
      customerEmail: null,
      conversationId: null,
      submissionId: null,
    });
    const all = (await manager.get(path)).text;
    assert.match(all, /href="\/conversations\/77"/);
    assert.match(all, /href="\/customers\/eve%40customer\.example"/);
    assert.match(all, /href="\/tickets\/s-1"/);
    assert.match(all, /No server\./);
    assert.doesNotMatch((await manager.get(`${path}?customer=EVE@customer.example`)).text, /team@acme/);
    assert.doesNotMatch((await manager.get(`${path}?kind=notification`)).text, /to eve@/);
    assert.match((await manager.get(`${path}?customer=.*`)).text, /No e-mail matches/);
  });
});
