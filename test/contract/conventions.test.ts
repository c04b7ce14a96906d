import assert from 'node:assert/strict';
import {
  HelpScoutForbidden,
  HelpScoutNotFound,
  HelpScoutRateLimited,
  HelpScoutRejected,
  HelpScoutUnauthorized,
  HelpScoutUnavailable,
  HelpScoutUncertain,
} from '../../src/helpscout/errors.ts';
import { control } from '../sandbox/support.ts';
import { at, contractWorld, hasKeys } from './contract.ts';

const VND_ERROR = /^application\/vnd\.error\+json/;

describe('contract: conventions', () => {
  const { world } = contractWorld();
  const last = () => {
    const call = world().calls.at(-1);
    assert(call);
    return call;
  };
  const fail = (status: number, more: object = {}) =>
    control(world().sandbox, 'POST', '/faults', { template: '/v2/users/me', status, count: 1, ...more });

  it('reads a list to its last page, whose links say so', async () => {
    const { client, calls } = world();
    const wish = { url: 'http://127.0.0.1:9/many', secret: 's', mailboxIds: [] };
    for (let count = 0; count < 51; count++) await client.webhooks.create(wish);
    const first = calls.length;
    assert.equal((await client.webhooks.findByUrl(wish.url)).length, 51);
    const [one, two, ...more] = calls.slice(first);
    assert.equal(more.length, 0);
    assert.deepEqual([one?.query, two?.query], [{ page: '1' }, { page: '2' }]);
    assert.deepEqual(at(one?.answer, 'page'), { size: 50, totalElements: 51, totalPages: 2, number: 1 });
    hasKeys(at(one?.answer, '_links'), 'self first next last page');
    hasKeys(at(two?.answer, '_links'), 'self first prev last page');
    assert.equal(at(one?.answer, '_links.page.templated'), true);
    const linksOf = (answer: unknown) => JSON.stringify(at(answer, '_links'));
    assert(!linksOf(one?.answer).includes('"prev"') && !linksOf(two?.answer).includes('"next"'));
  });

  const STATUSES: [number, new (...args: never[]) => Error][] = [
    [401, HelpScoutUnauthorized],
    [403, HelpScoutForbidden],
    [404, HelpScoutNotFound],
    [500, HelpScoutUnavailable],
    [503, HelpScoutUnavailable],
    [504, HelpScoutUnavailable],
  ];
  for (const [status, kind] of STATUSES) {
    it(`${status}: the envelope, and what the client makes of it`, async () => {
      await fail(status);
      await assert.rejects(world().client.users.me(), (error) => {
        assert(error instanceof kind);
        assert('logRef' in error && error.logRef === at(last().answer, 'logRef'));
        return true;
      });
      assert.equal(last().status, status);
      assert.match(last().headers.get('content-type') ?? '', VND_ERROR);
      hasKeys(last().answer, 'logRef message');
    });
  }

  it('429: how long to wait', async () => {
    await fail(429, { retryAfterSeconds: 17 });
    await assert.rejects(
      world().client.users.me(),
      (error) => error instanceof HelpScoutRateLimited && error.retryAfterMs === 17_000,
    );
    assert.equal(last().headers.get('x-ratelimit-retry-after'), '17');
    assert.equal(last().headers.get('x-ratelimit-remaining-minute'), '0');
    assert.deepEqual(last().answer, { message: 'API rate limit exceeded' });
  });

  it('413: a body that is too large', async () => {
    const { conversations } = world().client;
    await assert.rejects(
      conversations.setTags(7001, ['x'.repeat(2_000_000)]),
      (error) => error instanceof HelpScoutRejected && error.status === 413,
    );
  });

  it('400 and 415: bodies that are no JSON, and say so or not', async () => {
    const { sandbox, accessToken } = world();
    const put = (contentType: string, body: string) =>
      fetch(`${sandbox.url}/v2/conversations/7001/tags`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': contentType },
        body,
      });
    const unparseable = await put('application/json; charset=utf-8', '{"tags":');
    assert.equal(unparseable.status, 400);
    assert.match(unparseable.headers.get('content-type') ?? '', VND_ERROR);
    const envelope: unknown = await unparseable.json();
    assert.equal(at(envelope, 'message'), 'Error parsing request body into JSON');
    assert.deepEqual(at(envelope, '_embedded.errors'), []);
    assert.match(String(at(envelope, '_links.self.href')), /#invalid-json$/);
    assert.equal((await put('text/plain', '{"tags":[]}')).status, 415);
    assert.equal((await put('application/json', '{"tags":[]}')).status, 204);
  });

  it('writes cost two, reads one', async () => {
    const { client } = world();
    const remaining = () => Number(last().headers.get('x-ratelimit-remaining-minute'));
    // Not across the end of a minute, in which the count starts anew.
    for (let tries = 0; ; tries++) {
      await client.users.me();
      const before = remaining();
      await client.conversations.setTags(7001, []);
      const written = remaining();
      await client.users.me();
      if (remaining() > before && tries === 0) continue;
      assert.deepEqual([before - written, written - remaining()], [2, 1]);
      return;
    }
  });

  it('a create that was dropped is uncertain, before it was written or after; a read or a replacement is not', async () => {
    const { client, sandbox } = world();
    for (const drop of ['before', 'after']) {
      const dropNext = (method: string, template: string) =>
        control(sandbox, 'POST', '/faults', { method, template, effect: { drop }, when: { count: 1 } });
      await dropNext('POST', '/v2/conversations/{id}/notes');
      await assert.rejects(client.conversations.createNote({ conversationId: 7002, text: drop }), HelpScoutUncertain);
      await dropNext('PUT', '/v2/conversations/{id}/tags');
      await assert.rejects(client.conversations.setTags(7002, []), HelpScoutUnavailable);
      await dropNext('GET', '/v2/users/me');
      await assert.rejects(client.users.me(), HelpScoutUnavailable);
    }
    const notes = (await client.conversations.threads(7002)).filter(({ type }) => type === 'note');
    assert.deepEqual(
      notes.map(({ body }) => body),
      ['after'],
    );
  });
});
