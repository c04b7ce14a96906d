import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { ContactForm } from '../../src/domain/contact-form.ts';
import { ticketWorkflowId } from '../../src/workflows/contract.ts';
import { addContactForm } from '../support/contact-form.ts';
import { useMongodb } from '../support/mongodb.ts';
import { useTemporal } from '../support/temporal.ts';
import { addOrganization, startWebApp, useWebApp } from '../support/web-app.ts';

const SITE = 'https://www.acme.example';
const HTML = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('submissions of a contact form', function () {
  this.timeout(60_000);
  const mongodb = useMongodb();
  const temporal = useTemporal();
  const app = useWebApp({ mongodb, temporal, environment: { FORM_SUBMISSIONS_PER_MINUTE: '1000' } });
  let organizationId: string;
  let form: ContactForm;

  before(async () => {
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    form = await addContactForm(app.storage, organizationId);
  });

  const pathOf = ({ key }: Pick<ContactForm, 'key'>) => `/forms/${key}/submissions`;
  const post = (body: BodyInit, headers: Record<string, string> = {}, to = form) =>
    app.browser().send(pathOf(to), { method: 'POST', body, headers });
  const postJson = (body: unknown, headers: Record<string, string> = {}, to = form) =>
    post(JSON.stringify(body), { 'Content-Type': 'application/json', ...headers }, to);
  const stored = async (id: string, of = organizationId) =>
    (await app.storage.submissions.get(of, id)) ?? assert.fail(`no submission ${id}`);
  const newest = async () => (await app.storage.submissions.list(organizationId, { limit: 1 })).submissions[0];
  const count = async () => (await app.storage.submissions.list(organizationId, { limit: 1000 })).submissions.length;
  const VALID = { email: 'ada@customer.example', message: 'The export fails.' };

  it('takes JSON: 202 with id and status address, kept with its row before the answer', async () => {
    const answer = await postJson({
      ...VALID,
      name: ' Ada Lovelace ',
      subject: 'Export',
      plan: 'Team',
      seats: 12,
      since: '2026-02-28',
      urgent: true,
    });
    assert.equal(answer.status, 202, answer.text);
    const { submissionId, statusUrl } = JSON.parse(answer.text);
    assert.match(submissionId, /^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    assert.equal(answer.location, `${pathOf(form)}/${submissionId}`);
    assert.ok(statusUrl.endsWith(answer.location));
    const submission = await stored(submissionId);
    assert.equal(submission.customerEmail, 'ada@customer.example');
    assert.equal(submission.customerName, 'Ada Lovelace');
    assert.equal(submission.subject, 'Export');
    assert.equal(submission.mailboxId, 310);
    assert.equal(submission.assigneeId, 41);
    assert.deepEqual(submission.tags, ['website']);
    assert.deepEqual(submission.answers, [
      { label: 'Your plan', value: 'Team' },
      { label: 'Seats', value: '12' },
      { label: 'Customer since', value: '2026-02-28' },
      { label: 'It is urgent', value: 'Yes' },
    ]);
    assert.equal(submission.problem, null);
    const row = await app.storage.syncEvents.get(organizationId, ticketWorkflowId(organizationId, submissionId));
    assert.equal(row?.customerEmail, 'ada@customer.example');
    assert.equal(row?.submissionId, submissionId);
  });

  it('takes the fields of a form, and names the form as subject where none was given', async () => {
    const answer = await post(new URLSearchParams({ ...VALID, message: 'Line one\r\nLine two ✓' }));
    assert.equal(answer.status, 202, answer.text);
    const submission = await stored(JSON.parse(answer.text).submissionId);
    assert.equal(submission.message, 'Line one\nLine two ✓');
    assert.equal(submission.subject, 'Contact us');
  });

  it('sends a browser to a thank-you page with the reference, and tells programs no more than the status', async () => {
    const sent = await post(new URLSearchParams(VALID), HTML);
    assert.equal(sent.status, 303);
    const browser = app.browser();
    const thanks = await browser.send(sent.location, { headers: HTML });
    assert.equal(thanks.status, 200);
    const reference = sent.location.split('/').at(-1) ?? '';
    assert.ok(thanks.text.includes(reference));
    assert.doesNotMatch(thanks.text, /customer\.example|export fails/);
    assert.equal(browser.cookies.size, 0);
    const status = await browser.get(sent.location);
    assert.deepEqual(Object.keys(JSON.parse(status.text)).sort(), ['detail', 'status', 'submissionId']);
    assert.equal(JSON.parse(status.text).status, 'received');
    assert.equal((await browser.get(`${pathOf(form)}/${randomUUID()}`)).status, 404);
  });

  it('says delivered once the ticket is there, and being looked at while it failed', async () => {
    const { submissionId } = JSON.parse((await postJson(VALID)).text);
    const status = async () => JSON.parse((await app.browser().get(`${pathOf(form)}/${submissionId}`)).text).status;
    await app.storage.submissions.settleState(organizationId, submissionId, 'failed');
    assert.equal(await status(), 'beingLookedAt');
    await app.storage.submissions.markCreated(organizationId, submissionId, 99);
    assert.equal(await status(), 'delivered');
  });

  it('answers 422 with a sentence per field, and keeps what was sent as a row to be mended', async () => {
    const answer = await postJson({
      email: 'not an address',
      plan: 'Gold',
      seats: 'many',
      since: '2026-02-30',
      site: 'javascript:alert(1)',
      phone: 'call me',
    });
    assert.equal(answer.status, 422);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    const problem = JSON.parse(answer.text);
    assert.equal(problem.code, 'unfitFields');
    assert.deepEqual(Object.keys(problem.errors).sort(), [
      'email',
      'message',
      'phone',
      'plan',
      'seats',
      'since',
      'site',
    ]);
    assert.ok(problem.detail && problem.remedy && problem.title);
    const submission = await stored(problem.submissionId);
    assert.equal(submission.customerEmail, 'not an address');
    assert.deepEqual(submission.problem, { code: 'invalidEmail', field: 'customerEmail' });
    assert.ok(await app.storage.syncEvents.get(organizationId, ticketWorkflowId(organizationId, problem.submissionId)));
  });

  it('takes one ticket for one idempotency key, and lets a corrected message pass with it', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const refused = [await postJson({ email: 'ada' }, key), await postJson({ email: 'ada' }, key)];
    assert.deepEqual(
      refused.map(({ status }) => status),
      [422, 422],
    );
    assert.equal(JSON.parse(refused[0]?.text ?? '').submissionId, JSON.parse(refused[1]?.text ?? '').submissionId);
    const before = await count();
    const answers = await Promise.all([1, 2, 3].map(() => postJson(VALID, key)));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([202]));
    assert.equal(new Set(answers.map(({ text }) => JSON.parse(text).submissionId)).size, 1);
    assert.equal(await count(), before + 1);
    const other = await postJson({ ...VALID, message: 'Something else' }, key);
    assert.equal(other.status, 422);
    assert.equal(JSON.parse(other.text).code, 'idempotencyKeyReused');
    for (const unfit of ['x'.repeat(201), 'with space']) {
      assert.equal(JSON.parse((await postJson(VALID, { 'Idempotency-Key': unfit })).text).code, 'idempotencyKeyUnfit');
    }
  });

  it('takes a page’s key once for each content, so that a page filled in anew loses nothing', async () => {
    const idempotencyKey = randomUUID();
    const send = (message: string) =>
      post(new URLSearchParams({ ...VALID, message, idempotencyKey }), HTML).then(({ location }) => location);
    const [first, again, second] = [await send('One'), await send('One'), await send('Two')];
    assert.equal(first, again);
    assert.notEqual(first, second);
  });

  it('lets whoever falls into the trap believe that all went well, and sends nothing', async () => {
    const answer = await postJson({ ...VALID, contact_by_fax: 'https://spam.example' });
    assert.equal(answer.status, 202);
    const { submissionId } = JSON.parse(answer.text);
    assert.equal((await stored(submissionId)).state, 'spam');
    const status = await app.browser().get(`${pathOf(form)}/${submissionId}`);
    assert.equal(JSON.parse(status.text).status, 'received');
    const workflow = temporal.client.workflow.getHandle(ticketWorkflowId(organizationId, submissionId));
    // It sends nothing either: it settles the row, so that a history has it.
    assert.equal((await workflow.describe()).type, 'ticketSync');
  });

  it('refuses what it cannot read, in words, and keeps none of it', async () => {
    const before = await count();
    const bytes = (values: number[]) => new Blob([new Uint8Array(values)]);
    const json = 'application/json';
    const garbage: [BodyInit, string, number, string][] = [
      ['{', json, 400, 'unreadableBody'],
      ['', json, 400, 'unreadableBody'],
      ['null', json, 400, 'unreadableBody'],
      ['[]', json, 400, 'unreadableBody'],
      ['"text"', json, 400, 'unreadableBody'],
      ['12', json, 400, 'unreadableBody'],
      ['['.repeat(50_000), json, 400, 'unreadableBody'],
      [`{"email": ${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`, json, 400, 'unreadableBody'],
      [bytes([0xff, 0xfe, 0x00]), json, 400, 'unreadableBody'],
      [bytes([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d]), json, 400, 'unreadableBody'],
      [bytes([0x61, 0x3d, 0xff]), 'application/x-www-form-urlencoded', 400, 'unreadableBody'],
      [JSON.stringify(VALID), 'text/plain', 415, 'wrongContentType'],
      [JSON.stringify(VALID), 'application/json; charset=utf-16', 415, 'wrongContentType'],
      [JSON.stringify(VALID), 'nonsense', 415, 'wrongContentType'],
      ['<xml/>', 'application/xml', 415, 'wrongContentType'],
      ['a'.repeat(100_001), json, 413, 'tooLarge'],
    ];
    for (const [body, type, status, code] of garbage) {
      const answer = await post(body, { 'Content-Type': type });
      const what = `${type} ${typeof body === 'string' ? body.slice(0, 20) : 'bytes'}`;
      assert.equal(answer.status, status, `${what}: ${answer.text}`);
      assert.equal(JSON.parse(answer.text).code, code, what);
    }
    const multipart = new FormData();
    multipart.set('email', 'ada@customer.example');
    multipart.set('file', new Blob(['x']), 'x.txt');
    const answer = await post(multipart);
    assert.equal(answer.status, 415);
    assert.match(JSON.parse(answer.text).remedy, /Files cannot be attached/);
    assert.equal(await count(), before);
  });

  it('takes odd values for what they are: texts, or a misfit', async () => {
    const odd: [unknown, number][] = [
      [{ ...VALID, name: null }, 202],
      [{ ...VALID, unknown: { deep: [1] }, constructor: 'x', toString: 'y' }, 202],
      [JSON.parse('{"__proto__": {"email": "x"}, "email": "a@b.example", "message": "m"}'), 202],
      [{ ...VALID, name: 'x'.repeat(300) }, 202],
      [{ ...VALID, name: 'x'.repeat(301) }, 422],
      [{ ...VALID, name: ['Ada'] }, 422],
      [{ ...VALID, name: { $gt: '' } }, 422],
      [{ ...VALID, message: 'nul \u0000 byte' }, 422],
      [{ ...VALID, message: 'half \ud83d' }, 422],
      [{ ...VALID, message: '  \n ' }, 422],
      [{ ...VALID, email: 'ada@customer.example\nBcc: all@customer.example' }, 422],
      [{ ...VALID, message: '<script>alert(1)</script> $where {"$ne":1}' }, 202],
    ];
    for (const [body, status] of odd) {
      const answer = await postJson(body);
      assert.equal(answer.status, status, `${JSON.stringify(body).slice(0, 80)}: ${answer.text}`);
    }
    assert.match((await newest())?.message ?? '', /<script>/);
  });

  it('answers a body far beyond the limit with 413', async () => {
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const target = new URL(pathOf(form), app.origin);
      const sending = request(
        target,
        { method: 'POST', headers: { 'Content-Type': 'application/json' } },
        (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            body += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        },
      );
      sending.on('error', reject);
      sending.end(Buffer.alloc(3_000_000, 'a'));
    });
    assert.equal(answer.status, 413);
    assert.equal(JSON.parse(answer.body).code, 'tooLarge');
    const packed = await post('not gzip', { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
    assert.equal(packed.status, 415);
    assert.equal(JSON.parse(packed.text).status, 415);
  });

  it('answers browsers of allowed websites with CORS headers, and others with 403 and none', async () => {
    const listed = await addContactForm(app.storage, organizationId, { allowedOrigins: [SITE] });
    const preflight = (origin: string, to: ContactForm) =>
      app.browser().send(pathOf(to), {
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
      });
    const allowed = await preflight(SITE, listed);
    assert.equal(allowed.status, 204);
    assert.equal(allowed.headers.get('access-control-allow-origin'), SITE);
    assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /Idempotency-Key/);
    assert.match(allowed.headers.get('vary') ?? '', /Origin/);
    const before = await count();
    for (const origin of ['https://evil.example', `${SITE}.evil.example`, 'null', 'https://www.acme.example:444']) {
      for (const answer of [await preflight(origin, listed), await postJson(VALID, { Origin: origin }, listed)]) {
        assert.equal(answer.status, 403, origin);
        assert.equal(answer.headers.get('access-control-allow-origin'), null);
        assert.equal(JSON.parse(answer.text).code, 'originRefused');
      }
    }
    assert.equal(await count(), before);
    const taken = await postJson(VALID, { Origin: SITE }, listed);
    assert.equal(taken.status, 202);
    assert.equal(taken.headers.get('access-control-allow-origin'), SITE);
    assert.match(taken.headers.get('access-control-expose-headers') ?? '', /Location/);
    assert.equal((await postJson({}, { Origin: SITE }, listed)).headers.get('access-control-allow-origin'), SITE);
    assert.equal((await postJson(VALID, {}, listed)).status, 202);
    assert.equal((await postJson(VALID, { Origin: app.origin }, listed)).status, 202);
    assert.equal((await preflight('https://any.example', form)).headers.get('access-control-allow-origin'), '*');
  });

  it('lets the form’s websites frame its page, and no others; a form for all, everybody', async () => {
    const listed = await addContactForm(app.storage, organizationId, { allowedOrigins: [SITE] });
    const open = await app.browser().get(`/forms/${form.key}`);
    assert.match(open.headers.get('content-security-policy') ?? '', /frame-ancestors \*$/);
    const closed = await app.browser().get(`/forms/${listed.key}`);
    assert.match(
      closed.headers.get('content-security-policy') ?? '',
      /frame-ancestors 'self' https:\/\/www\.acme\.example$/,
    );
    assert.equal(closed.headers.get('x-frame-options'), null);
    assert.deepEqual(closed.headers.getSetCookie(), []);
    assert.doesNotMatch(closed.text, /_csrf/);
    const script = await app.browser().get(`/forms/${listed.key}/embed.js`);
    assert.equal(script.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.match(script.headers.get('content-type') ?? '', /javascript/);
    const other = await app.browser().get('/sign-in');
    assert.equal(other.headers.get('x-frame-options'), 'DENY');
    assert.match(other.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  });

  it('shows the form again with what was typed, and the errors at their fields', async () => {
    const values = { email: 'ada"><b>', message: '', name: 'Ada <i>', plan: 'Team', idempotencyKey: randomUUID() };
    const answer = await post(new URLSearchParams(values), HTML);
    assert.equal(answer.status, 422);
    assert.match(answer.text, /value="Ada &lt;i>"|value="Ada &lt;i&gt;"/);
    assert.match(answer.text, /id="field-message-error"/);
    assert.match(answer.text, /<option value="Team" selected/);
    assert.doesNotMatch(answer.text, /ada"><b>/);
  });

  it('says that a form is off, or not there, to programs and people', async () => {
    const off = await addContactForm(app.storage, organizationId, { enabled: false });
    assert.equal((await postJson(VALID, {}, off)).status, 410);
    const page = await app.browser().send(`/forms/${off.key}`, { headers: HTML });
    assert.equal(page.status, 410);
    assert.match(page.text, /takes no messages/);
    const nobody = { key: 'no-such-form' };
    assert.equal((await app.browser().get(`/forms/${nobody.key}`)).status, 404);
    const gone = await app.browser().send(pathOf(nobody), { method: 'POST', body: '{}' });
    assert.equal(gone.status, 404);
    assert.equal(JSON.parse(gone.text).code, 'unknownForm');
  });

  it('limits how often one address submits through one form', async () => {
    const limited = await startWebApp({
      mongodbUri: mongodb.newDatabase(),
      temporal: temporal.client,
      environment: { FORM_SUBMISSIONS_PER_MINUTE: '3' },
    });
    try {
      const { organizationId } = await addOrganization(limited.storage, 'Hooli');
      const one = await addContactForm(limited.storage, organizationId);
      const two = await addContactForm(limited.storage, organizationId);
      const send = (to: ContactForm, headers = {}) =>
        limited.browser().send(pathOf(to), { method: 'POST', body: new URLSearchParams(VALID), headers });
      for (let n = 0; n < 3; n++) assert.equal((await send(one)).status, 202);
      const refused = await send(one);
      assert.equal(refused.status, 429);
      assert.ok(Number(refused.headers.get('retry-after')) > 0);
      assert.equal(JSON.parse(refused.text).code, 'tooManySubmissions');
      const asPage = await send(one, HTML);
      assert.equal(asPage.status, 429);
      assert.match(asPage.text, /The export fails\./);
      assert.equal((await send(two)).status, 202);
    } finally {
      await limited.stop();
    }
  });

  it('keeps organizations apart: a key leads to its own form’s submissions alone', async () => {
    const globex = await addOrganization(app.storage, 'Globex');
    const theirs = await addContactForm(app.storage, globex.organizationId);
    const { submissionId } = JSON.parse((await postJson(VALID, {}, theirs)).text);
    assert.equal((await stored(submissionId, globex.organizationId)).organizationId, globex.organizationId);
    assert.equal(await app.storage.submissions.get(organizationId, submissionId), null);
    assert.equal((await app.browser().get(`${pathOf(form)}/${submissionId}`)).status, 404);
    const key = { 'Idempotency-Key': 'the-same' };
    const ids = [await postJson(VALID, key, theirs), await postJson(VALID, key, form)].map(
      ({ text }) => JSON.parse(text).submissionId,
    );
    assert.equal(new Set(ids).size, 2);
  });

  it('writes nothing personal into the server’s log', () => {
    assert.doesNotMatch(app.logLines.join('\n'), /customer\.example|export fails|Lovelace/);
  });
});
