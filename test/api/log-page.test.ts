import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Browser } from '../support/browser.ts';
import { addLogRows } from '../support/log-rows.ts';
import { addMember, addOrganization, signIn, useWebApp } from '../support/web-app.ts';
import { elementsOf } from '../ui/markup.ts';

const PAGE = '/tools/integrations/helpscout-log';
/** A quarter past ten on a Thursday, in Berlin. */
const NOW = new Date('2026-11-12T09:15:00Z');
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

describe('the log page', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let manager: Browser;
  let administrator: Browser;
  let organizationId: string;
  const submissionId = randomUUID();

  before(async () => {
    app.setTime(NOW);
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    administrator = await signIn(app, 'administrator@acme.example');
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    manager = await signIn(app, 'manager@acme.example');
    const failed = { status: 'failed', error: { code: 'invalidEmail' } } as const;
    const unavailable = { status: 'failed', error: { code: 'helpScoutUnavailable', httpStatus: 503 } } as const;
    const done = { status: 'success' } as const;
    const ann = 'ann@client.example';
    await addLogRows(app.storage, organizationId, [
      { eventId: 'ticket:o:today', customerEmail: ann, submissionId, createdAt: hoursAgo(1), ...failed },
      {
        eventId: 'ticket:o:last-evening',
        customerEmail: 'bob@client.example',
        createdAt: hoursAgo(13),
        ...unavailable,
      },
      { eventId: 'ticket:o:done', customerEmail: ann, conversationId: 7001, createdAt: hoursAgo(20), ...done },
      {
        eventId: 'customer:1',
        type: 'customerSynced',
        customerEmail: ann,
        customerExternalId: 'crm-1',
        createdAt: hoursAgo(30),
        ...done,
      },
      {
        eventId: 'customer:2',
        type: 'customerUpdated',
        customerEmail: 'ann@client.example.org',
        createdAt: hoursAgo(31),
      },
      {
        eventId: 'conversation:1',
        type: 'conversationSynced',
        direction: 'inbound',
        conversationId: 7002,
        createdAt: hoursAgo(60),
        ...done,
      },
      { eventId: 'scan:1', type: 'scanCompleted', direction: 'internal', createdAt: hoursAgo(24 * 9), ...done },
    ]);
  });

  const rowsOf = (html: string) =>
    elementsOf(html).flatMap(({ attributes }) => /^event-(.*)/.exec(attributes.id ?? '')?.[1] ?? []);
  const shown = async (query: string) => {
    const answer = await manager.get(`${PAGE}?${query}`);
    assert.equal(answer.status, 200, query);
    return rowsOf(answer.text);
  };
  const tile = (html: string, label: string) =>
    elementsOf(html)
      .find(({ attributes, text }) => attributes.class === 'tile' && text.startsWith(label))
      ?.text.slice(label.length)
      .trim();

  it('filters by time in the organization’s zone, by days and by minutes', async () => {
    assert.deepEqual(await shown('range=today'), ['ticket:o:today']);
    assert.equal((await shown('range=24h')).length, 3);
    assert.equal((await shown('range=48h')).length, 5);
    assert.equal((await shown('range=7d')).length, 6);
    assert.equal((await shown('range=30d')).length, 7);
    assert.equal((await shown('range=custom&from=2026-11-11&to=2026-11-11')).length, 4);
    // A quarter past nine in the evening, in Berlin; the last minute is included.
    assert.deepEqual(await shown('range=custom&from=2026-11-11&fromTime=21:15&to=2026-11-11&toTime=21:15'), [
      'ticket:o:last-evening',
    ]);
    assert.deepEqual(await shown('range=custom&from=2026-11-11&fromTime=21:16&to=2026-11-11'), []);
    assert.equal((await shown('range=custom')).length, 7);
  });

  it('filters by several types and statuses, by direction and by cause', async () => {
    assert.deepEqual(await shown('range=30d&type=customerSynced&type=customerUpdated'), ['customer:1', 'customer:2']);
    assert.deepEqual(await shown('range=30d&type=integration'), ['scan:1']);
    assert.deepEqual(await shown('range=30d&status=failed&status=pending'), [
      'ticket:o:today',
      'ticket:o:last-evening',
      'customer:2',
    ]);
    assert.deepEqual(await shown('range=30d&direction=inbound'), ['conversation:1']);
    assert.deepEqual(await shown('range=30d&cause=helpScoutUnavailable'), ['ticket:o:last-evening']);
  });

  it('takes addresses, ticket ids and conversation ids in one box', async () => {
    assert.deepEqual(await shown('range=30d&q=Ann@Client.example'), ['ticket:o:today', 'ticket:o:done', 'customer:1']);
    assert.deepEqual(await shown(`range=30d&q=${submissionId.toUpperCase()}`), ['ticket:o:today']);
    assert.deepEqual(await shown('range=30d&q=7002'), ['conversation:1']);
    assert.deepEqual(await shown('range=30d&q=client.example'), []);
  });

  it('offers the customers whose address begins with what was typed', async () => {
    assert.deepEqual(await shown('range=30d&q=ann@'), []);
    const { text } = await manager.get(`${PAGE}?range=30d&q=ANN@`);
    assert.match(text, /begins with “ANN@”/);
    assert.match(text, /<a href="[^"]*q=ann%40client\.example[^"]*">ann@client\.example<\/a>/);
    assert.doesNotMatch((await manager.get(`${PAGE}?range=30d&q=client.example`)).text, /begins with/);
  });

  it('takes what is typed as it is', async () => {
    const typed = ['.*', '^ann', 'a|b', '{"$gt":""}', '[$ne]=', 'ann%', '$where', '\u0000', 'ünï@', '😀', '\\', '(('];
    for (const q of [...typed, 'a'.repeat(10_000), '('.repeat(3_000)]) {
      assert.deepEqual(await shown(`range=30d&q=${encodeURIComponent(q)}`), [], q.slice(0, 20));
    }
    // An object in the place of a text is no text.
    assert.equal((await shown('range=30d&q[$gt]=')).length, 7);
  });

  it('understands addresses with values it does not know', async () => {
    assert.equal((await shown('range=forever&type=nope&status=x&direction=up&cause=y&before=zzz')).length, 6);
    assert.deepEqual(await shown('range=30d&type=nope&type=integration&type=integration'), ['scan:1']);
    const { text } = await manager.get(`${PAGE}?range=custom&from=yesterday&to=2026-11-12&toTime=25:99`);
    assert.match(text, /Use a date such as/);
    assert.match(text, /Use a time such as/);
    const turned = await manager.get(`${PAGE}?range=custom&from=2026-11-12&to=2026-11-10`);
    assert.match(turned.text, /The end is before the beginning/);
  });

  it('says how much, how well, and what it was before', async () => {
    const { text } = await manager.get(`${PAGE}?range=24h`);
    assert.match(tile(text, 'Total events') ?? '', /^3.*up from 2$/);
    assert.match(tile(text, 'Success rate') ?? '', /^33%.*down from 100%$/);
    assert.match(tile(text, 'Error rate') ?? '', /^67% 2 failed ?up from 0%$/);
    assert.match(tile(text, 'New tickets') ?? '', /^1.*up from 0$/);
    assert.match(tile(text, 'Customers synced') ?? '', /^0.*down from 1$/);
    assert.match(text, /Compared with the 24 hours before/);
    assert.match((await manager.get(`${PAGE}?range=30d`)).text, /No events in the 30 days before to compare with/);
    assert.doesNotMatch((await manager.get(`${PAGE}?range=custom`)).text, /to compare with/);
  });

  it('draws hours, or days where the range is long, and says so', async () => {
    const day = (await manager.get(`${PAGE}?range=24h`)).text;
    assert.match(day, /Events, by hour/);
    assert.match(day, /<th scope="row">12 Nov, 09:00<\/th>/);
    const month = (await manager.get(`${PAGE}?range=30d`)).text;
    assert.match(month, /Events, by day/);
    assert.match(month, /<th scope="row">3 Nov<\/th>/);
  });

  it('offers the morning’s questions with their counts, and those about one customer', async () => {
    const links = (html: string) =>
      elementsOf(html)
        .filter(({ attributes }) => attributes.class === 'chip')
        .map(({ attributes, text }) => [text, attributes.href ?? ''] as const);
    const usual = links((await manager.get(PAGE)).text);
    assert.deepEqual(
      usual.map(([text]) => text),
      ['Failed in the last 24 hours2 events', 'Ticket Created failed today1 event', 'All events, 48 hours5 events'],
    );
    const customer = links((await manager.get(`${PAGE}?q=ann@client.example`)).text).slice(3);
    assert.deepEqual(
      customer.map(([text]) => text),
      ['This customer’s Ticket Created2 events', 'This customer’s Customer Synced1 event'],
    );
    for (const [text, href] of [...usual, ...customer]) {
      const rows = rowsOf((await manager.get(href)).text);
      assert.ok(text.includes(String(rows.length)), `${text}: ${rows}`);
    }
  });

  it('pages without a gap or a repetition while rows arrive', async () => {
    const { organizationId } = await addOrganization(app.storage, 'Globex');
    const browser = await signIn(app, 'administrator@globex.example');
    const add = (from: number, count: number, at: Date) =>
      addLogRows(
        app.storage,
        organizationId,
        Array.from({ length: count }, (_, index) => ({ eventId: `row-${from + index}`, createdAt: at })),
      );
    await add(0, 120, hoursAgo(3));
    const seen: string[] = [];
    let next: string | undefined = `${PAGE}?range=24h`;
    for (let pages = 0; next; pages++) {
      const { text } = await browser.get(next);
      seen.push(...rowsOf(text));
      await add(1000 + pages, 1, hoursAgo(1));
      next = elementsOf(text).find((one) => one.name === 'a' && one.text === 'Older')?.attributes.href;
    }
    assert.equal(seen.length, 120);
    assert.equal(new Set(seen).size, 120);
  });

  it('refreshes itself on the newest page alone', async () => {
    assert.match((await manager.get(PAGE)).text, /hx-trigger="every 5s"/);
    assert.doesNotMatch((await manager.get(`${PAGE}?before=1~x`)).text, /every 5s/);
    const rows = await manager.get(`${PAGE}/rows?range=today`);
    assert.deepEqual(rowsOf(rows.text), ['ticket:o:today']);
    assert.doesNotMatch(rows.text, /<html/);
  });

  it('keeps filters under a name, for whoever saved them', async () => {
    const query = 'range=24h&status=failed&bogus=1&before=1~x';
    const saved = await manager.submit(`${PAGE}/views`, { name: ' Night ', query }, PAGE);
    assert.equal(saved.location, `${PAGE}?range=24h&status=failed`);
    const link = (html: string) => elementsOf(html).find((one) => one.name === 'a' && one.text === 'Night');
    const page = (await manager.get(PAGE)).text;
    assert.equal(link(page)?.attributes.href, `${PAGE}?range=24h&status=failed`);
    assert.equal(link((await administrator.get(PAGE)).text), undefined);

    const remove = /action="([^"]+\/remove)"/.exec(page)?.[1] ?? '';
    assert.equal((await administrator.submit(remove, {}, PAGE)).status, 404);
    assert.equal((await manager.submit(remove, {}, PAGE)).status, 303);
    assert.equal(link((await manager.get(PAGE)).text), undefined);
    await manager.submit(`${PAGE}/views`, { name: '', query }, PAGE);
    assert.match((await manager.get(PAGE)).text, /Give the view a name/);
  });

  it('lets an administrator decide, and tells a manager who may', async () => {
    const retry = (html: string) => html.includes(`${PAGE}/ticket%3Ao%3Atoday/retry`);
    assert.equal(retry((await manager.get(PAGE)).text), false);
    assert.equal(retry((await administrator.get(PAGE)).text), true);
    const event = `${PAGE}/${encodeURIComponent('ticket:o:today')}`;
    const theirs = (await manager.get(event)).text;
    assert.equal(retry(theirs), false);
    assert.match(theirs, /An administrator can retry or dismiss it/);
    assert.doesNotMatch(theirs, /Temporal Web/);
    const own = (await administrator.get(event)).text;
    assert.equal(retry(own), true);
    assert.match(own, /Open in Temporal Web/);
    assert.equal((await manager.submit(`${event}/retry`, {}, PAGE)).status, 403);
  });
});
