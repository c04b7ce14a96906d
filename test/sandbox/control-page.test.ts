import assert from 'node:assert/strict';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { control, inboxClient, start, startReceiver, stopAll, until } from './support.ts';

const NOON_MS = Date.parse('2026-03-01T12:00:00Z');

describe('sandbox: control page', () => {
  afterEach(stopAll);

  const page = async (sandbox: Sandbox) => (await fetch(`${sandbox.url}/sandbox`)).text();
  const post = (sandbox: Sandbox, path: string, fields: string[][] | Record<string, string> = {}) =>
    fetch(`${sandbox.url}/sandbox${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  /** A press of a button that works: the browser is sent back to the page. */
  async function press(sandbox: Sandbox, path: string, fields: string[][] | Record<string, string> = {}) {
    const answer = await post(sandbox, path, fields);
    assert.equal(answer.status, 303, await answer.text());
    assert.match(answer.headers.get('location') ?? '', /^\/sandbox#/);
  }

  it('is linked from every page, is no part of the journal, and runs no script', async () => {
    const sandbox = await start();
    assert.match(await (await fetch(sandbox.url)).text(), /<a href="\/sandbox">/);
    const answer = await fetch(`${sandbox.url}/sandbox`);
    assert.equal(answer.status, 200);
    const html = await answer.text();
    assert.equal(/<script|onclick=|style="/.test(html), false);
    assert.match(html, /Everything works\./);
    const journal = await control(sandbox, 'GET', '/journal');
    assert.deepEqual(
      journal.map(({ path }: { path: string }) => path),
      ['/'],
    );
    assert.equal((await fetch(`${sandbox.url}/sandbox/nowhere`)).status, 404);
  });

  it('moves the clock', async () => {
    const sandbox = await start({ now: () => NOON_MS });
    await press(sandbox, '/clock', { advanceSeconds: '3600' });
    assert.match(await page(sandbox), /2026-03-01 13:00:00 UTC/);
    await press(sandbox, '/clock', { now: '2026-03-05T08:30:15' });
    assert.match(await page(sandbox), /2026-03-05 08:30:15 UTC/);
    await press(sandbox, '/clock', { now: '2026-03-05T08:30' });
    await press(sandbox, '/clock', { reset: 'on' });
    assert.deepEqual(await control(sandbox, 'GET', '/clock'), { now: '2026-03-01T12:00:00.000Z', offsetSeconds: 0 });
    assert.equal((await post(sandbox, '/clock', { now: 'soon' })).status, 400);
    assert.equal((await post(sandbox, '/clock')).status, 400);
  });

  it('adds faults, says how often they struck, and removes them', async () => {
    const sandbox = await start();
    const client = await inboxClient(sandbox);
    const form = { api: '', method: 'GET', template: '/v2/users/me', conversationId: '', seconds: '5', seed: '4' };
    await press(sandbox, '/faults', { ...form, effect: '503', count: '2', probability: '' });
    await press(sandbox, '/faults', { ...form, effect: '429', count: '1', probability: '0.5', writesOnly: 'on' });
    await press(sandbox, '/faults', { ...form, effect: 'delay', count: '1', conversationId: '7001' });
    await press(sandbox, '/faults', { ...form, effect: 'after', count: '1' });
    const match = { method: 'GET', template: '/v2/users/me' };
    const { rules } = await control(sandbox, 'GET', '/faults');
    assert.deepEqual(
      rules.map(({ id: _id, struck: _struck, remaining: _remaining, ...rule }: Record<string, unknown>) => rule),
      [
        { ...match, effect: { status: 503 }, when: { count: 2 } },
        {
          ...match,
          writesOnly: true,
          effect: { status: 429, retryAfterSeconds: 5 },
          when: { probability: 0.5, seed: 4 },
        },
        { ...match, conversationId: 7001, effect: { delayMs: 5000 }, when: { count: 1 } },
        { ...match, effect: { drop: 'after' }, when: { count: 1 } },
      ],
    );
    assert.equal((await client.call('GET', '/v2/users/me')).status, 503);
    assert.match(await page(sandbox), /<strong>503<\/strong> for GET \/v2\/users\/me.*struck 1 of 2/);
    await press(sandbox, `/faults/${rules[0].id}/remove`);
    assert.equal((await control(sandbox, 'GET', '/faults')).rules.length, 3);
    await control(sandbox, 'PUT', '/faults/conversations/7002', { threads: '500' });
    assert.match(await page(sandbox), /threads of conversation 7002/);
    await press(sandbox, '/faults/threads/7002/mend');
    await press(sandbox, '/faults/clear');
    assert.deepEqual(await control(sandbox, 'GET', '/faults'), { conversations: [], rules: [] });
  });

  it('says what is wrong with a form', async () => {
    const sandbox = await start();
    const answer = await post(sandbox, '/faults', { effect: '500', count: '0' });
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /role="alert".*when/);
    assert.equal((await post(sandbox, '/faults', { effect: '500', count: '1', template: '/x' })).status, 400);
    const rate = await post(sandbox, '/switches/rateLimit', { 'rateLimit.perMinute': '' });
    assert.equal(rate.status, 400);
    assert.match(await rate.text(), /role="alert".*rateLimit\.perMinute/);
    assert.equal((await post(sandbox, '/switches/nothing')).status, 404);
    assert.equal((await post(sandbox, '/tokens', { end: 'x' })).status, 400);
  });

  it('shows every switch, and pressing Set without a change changes nothing', async () => {
    const sandbox = await start();
    await control(sandbox, 'PATCH', '/switches', {
      rateLimit: { otherApps: { share: 0.3, mode: 'burst' } },
      webhooks: { delay: { ms: 250, probability: 0.2, seed: 9 } },
      pageDrift: { probability: 0.4, seed: 2, kinds: ['new', 'deleted'] },
    });
    const before = await control(sandbox, 'GET', '/switches');
    const html = await page(sandbox);
    for (const group of Object.keys(before)) {
      const [, form = ''] = new RegExp(`action="/sandbox/switches/${group}"[^>]*>(.*?)</form>`).exec(html) ?? [];
      assert.notEqual(form, '', group);
      await press(sandbox, `/switches/${group}`, sentBy(form));
    }
    assert.deepEqual(await control(sandbox, 'GET', '/switches'), before);
  });

  it('turns switches', async () => {
    const sandbox = await start();
    await press(sandbox, '/switches/rateLimit', {
      'rateLimit.perMinute': '60',
      'rateLimit.window': 'sliding',
      'rateLimit.offsetMs': '0',
      'rateLimit.otherApps.share': '0.25',
      'rateLimit.otherApps.mode': 'spread',
      'rateLimit.writeBurst': 'on',
    });
    await press(sandbox, '/switches/pageDrift', [
      ['pageDrift', 'on'],
      ['pageDrift.probability', '0.5'],
      ['pageDrift.seed', '3'],
      ['pageDrift.kinds', 'new'],
      ['pageDrift.kinds', 'changed'],
    ]);
    const after = await control(sandbox, 'GET', '/switches');
    assert.deepEqual(after.rateLimit, {
      perMinute: 60,
      window: 'sliding',
      offsetMs: 0,
      otherApps: { share: 0.25, mode: 'spread' },
      writeBurst: true,
    });
    assert.deepEqual(after.pageDrift, { probability: 0.5, seed: 3, kinds: ['new', 'changed'] });
    await press(sandbox, '/switches/pageDrift', { 'pageDrift.probability': '0.5' });
    assert.equal((await control(sandbox, 'GET', '/switches')).pageDrift, null);
  });

  it('ends tokens, and shows calls, deliveries, changes and webhooks', async () => {
    const sandbox = await start();
    const receiver = await startReceiver(500, 200);
    const client = await inboxClient(sandbox);
    const subscription = { url: receiver.url, events: ['convo.note.created'], secret: 'hidden-secret' };
    await client.call('POST', '/v2/webhooks', subscription);
    await control(sandbox, 'POST', '/conversations/7001/messages', { type: 'note', text: 'a private text' });
    await until(() => receiver.received.length === 2, 'both attempts');
    await press(sandbox, '/tokens', { end: 'expire' });
    assert.equal((await client.call('GET', '/v2/users/me')).status, 401);
    const html = await page(sandbox);
    assert.match(html, /GET \/v2\/users\/me → 401/);
    assert.match(html, /convo\.note\.created to webhook \d+, attempt 1 → 500/);
    assert.match(html, /threadAdded · conversationId 7001/);
    assert.match(html, /<th scope="row">GET \/v2\/users\/me<\/th><td>1<\/td><td>1<\/td>/);
    assert.ok(html.includes(`${receiver.url}<span class="badge">enabled`));
    for (const secret of ['hidden-secret', 'a private text']) assert.equal(html.includes(secret), false);
  });
});

/** What a browser would send of a form as it stands. */
function sentBy(form: string): string[][] {
  const sent: string[][] = [];
  for (const [, input, select, options = ''] of form.matchAll(/<input([^>]*)>|<select([^>]*)>(.*?)<\/select>/g)) {
    const attributes = input ?? select ?? '';
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1];
    const name = attribute('name') ?? '';
    if (select !== undefined) {
      sent.push([name, /value="([^"]*)" selected/.exec(options)?.[1] ?? '']);
    } else if (attribute('type') !== 'checkbox') {
      sent.push([name, attribute('value') ?? '']);
    } else if (/ checked/.test(attributes)) {
      sent.push([name, attribute('value') ?? 'on']);
    }
  }
  return sent;
}
