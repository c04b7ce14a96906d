import assert from 'node:assert/strict';
import { type ApiClient, addApiKey, apiClient } from '../support/api-client.ts';
import type { Browser } from '../support/browser.ts';
import { addLogRows } from '../support/log-rows.ts';
import { addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const PAGE = '/tools/integrations/helpscout-log';
const NOW = new Date('2026-11-12T09:15:00Z');
/** Of an answer on a machine with other work; what is slow by design takes seconds at any size. */
const SLOW_MS = 5000;

/** Addresses that look like what they are not. */
const ODD = [
  '.*@client.example',
  '$ne@client.example',
  '{"$gt":""}@client.example',
  'ünï😀@client.example',
  '^(a+)+$@client.example',
];
const HOSTILE = [
  '.',
  '.*',
  '.+',
  '^',
  '$',
  '[a-z]*',
  '(a+)+$',
  'a{1,9999999}',
  '\\',
  '\\d',
  '(?i)ANN',
  '(',
  '[',
  '*',
  '/.*/',
  '$ne',
  '$where',
  '{"$ne":null}',
  '{"$regex":".*"}',
  '[$ne]',
  'true',
  'null',
  'undefined',
  '[object Object]',
  '1e3',
  '-1',
  '0x10',
  "'; return true; //",
  '" || 1==1',
  '<script>alert(1)</script>',
  '%',
  '_',
  '%00',
  '\u0000',
  '\u202e',
  '\ud83d\ude00',
  'é',
  'é',
  '＠',
  'ﬀ',
  'a'.repeat(10_000),
  '('.repeat(3_000),
  'é'.repeat(2_000),
  '9'.repeat(400),
];

describe('the search box of the log', function () {
  this.timeout(120_000);
  const app = useWebApp();
  let browser: Browser;
  let api: ApiClient;

  before(async () => {
    app.setTime(NOW);
    const { organizationId } = await addOrganization(app.storage, 'Acme');
    browser = await signIn(app, 'administrator@acme.example');
    api = apiClient(app.origin, (await addApiKey(app.storage, organizationId)).secret);
    await addLogRows(
      app.storage,
      organizationId,
      ['ann@client.example', ...ODD].map((customerEmail, index) => ({
        eventId: `row-${index}`,
        customerEmail,
        createdAt: new Date(NOW.getTime() - index * 60_000),
      })),
    );
  });

  const shown = async (query: string) => {
    const startedMs = performance.now();
    const { status, text } = await browser.get(`${PAGE}?${query}`);
    assert.equal(status, 200, query.slice(0, 60));
    assert(performance.now() - startedMs < SLOW_MS, `slow: ${query.slice(0, 60)}`);
    return [...text.matchAll(/id="event-([^"]+)"/g)].map(([, id]) => id);
  };
  const listed = async (query: string): Promise<string[]> => {
    const { status, body, text } = await api('get', `/api/v1/log/events?${query}`);
    assert.equal(status, 200, text.slice(0, 200));
    return body.data.map(({ eventId }: { eventId: string }) => eventId);
  };
  const exported = async (query: string) =>
    (await browser.get(`${PAGE}/export.ndjson?${query}`)).text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).eventId);

  it('finds addresses that look like operators, patterns or code, and no others', async () => {
    for (const [index, address] of ODD.entries()) {
      const query = `range=24h&q=${encodeURIComponent(address)}`;
      const wanted = [`row-${index + 1}`];
      assert.deepEqual([await shown(query), await listed(query), await exported(query)], [wanted, wanted, wanted]);
    }
  });

  it('finds nothing by patterns and code, and says so at once', async () => {
    for (const q of HOSTILE) {
      const query = `range=24h&q=${encodeURIComponent(q)}`;
      assert.deepEqual([await shown(query), await listed(query)], [[], []], q.slice(0, 40));
    }
  });

  it('makes no object of a parameter’s name, and no choice among repeated ones', async () => {
    const all = ['ann@client.example', ...ODD].map((_, index) => `row-${index}`);
    for (const query of [
      'q[$ne]=1',
      'q[$gt]=',
      'q[$regex]=.*',
      'q[]=ann',
      'q.$ne=1',
      'q=ann&q=bob',
      'q[__proto__][x]=1',
      '__proto__[q]=ann',
      'direction[$ne]=inbound',
      'range[$ne]=24h',
      'cause[$gt]=',
      'before[$gt]=',
    ]) {
      assert.deepEqual(await shown(query), all, query);
      // The API says that it does not know it, rather than ignoring it.
      const answer = await api('get', `/api/v1/log/events?${query}`);
      assert.equal(answer.status, 400, `${query}: ${answer.text.slice(0, 200)}`);
      assert.equal(answer.body.code, 'invalidQuery');
    }
    assert.deepEqual(await shown('type[$ne]=error&status[$ne]=failed'), all);
    assert.deepEqual(await shown('type=ticketCreated&type[$ne]=ticketCreated'), all);
  });
});
