import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Outcome } from '../../src/helpscout/budget.ts';
import { callUrl } from '../../src/helpscout/call-url.ts';
import { createHelpScoutClient } from '../../src/helpscout/client.ts';
import {
  ENDPOINTS,
  type Endpoint,
  endpointName,
  FEATURES_IN_USE,
  INBOX_ENDPOINTS,
  SCOPE,
} from '../../src/helpscout/endpoints.ts';
import { HelpScoutOutsideScope, HelpScoutRateLimited, HelpScoutUnavailable } from '../../src/helpscout/errors.ts';
import { type MinuteSeen, readMinute } from '../../src/helpscout/rate-headers.ts';
import { createRequest } from '../../src/helpscout/request.ts';
import { withScripted } from '../contract/scripted-server.ts';
import { unlimited } from './unlimited.ts';

const USER = { id: 501, email: 'ada@acme.example' };
const MINUTE = { 'x-ratelimit-limit-minute': '400', 'x-ratelimit-remaining-minute': '399' };

describe('scope of the client', () => {
  const allowed = new Set(INBOX_ENDPOINTS.map(endpointName));

  it('refuses a call that is not listed before anything leaves, and says so', async () => {
    await withScripted([{ status: 204 }], async ({ url, seen }) => {
      const refused: string[] = [];
      const reserved: string[] = [];
      const reserve = async (endpoint: string) => {
        reserved.push(endpoint);
        return null;
      };
      const request = createRequest({
        baseUrl: url,
        authorization: 'Bearer x',
        endpoints: INBOX_ENDPOINTS,
        budget: { ...unlimited, reserve },
        readSeen: readMinute,
        timeoutMs: 1000,
        onRefused: (endpoint) => refused.push(endpoint),
      });
      const outside: Endpoint[] = [
        { method: 'DELETE', template: '/v2/conversations/{id}', feature: 'insights', repeatable: true },
        { method: 'GET', template: '/v2/reports/company', feature: 'insights', repeatable: true },
        { method: 'POST', template: '/v2/users/me', feature: 'connection', repeatable: false },
      ];
      for (const endpoint of outside) {
        await assert.rejects(request({ endpoint, params: { id: 1 } }), HelpScoutOutsideScope);
      }
      assert.deepEqual(refused, outside.map(endpointName));
      assert.deepEqual([seen, reserved], [[], []]);
    });
  });

  it('sends only what the features in use need, and shows just that as its scope', async () => {
    await withScripted([{ body: USER }], async ({ url, seen }) => {
      const options = { apiUrl: url, accessToken: 'x', budget: unlimited, features: FEATURES_IN_USE };
      const client = createHelpScoutClient(options);
      await client.users.me();
      await assert.rejects(client.conversations.changeStatus(1, 'closed'), HelpScoutOutsideScope);
      await assert.rejects(client.conversations.setTags(1, ['x']), HelpScoutOutsideScope);
      assert.equal(seen.length, 1);
    });
    const writes = SCOPE.map(({ endpoint }) => endpoint).filter((endpoint) => !endpoint.startsWith('GET '));
    const entries = ['emails', 'phones', 'chats', 'social-profiles', 'websites'].flatMap((kind) => [
      `POST /v2/customers/{id}/${kind}`,
      `PUT /v2/customers/{id}/${kind}/{entryId}`,
      `DELETE /v2/customers/{id}/${kind}/{entryId}`,
    ]);
    assert.deepEqual(writes, [
      'POST /v2/webhooks',
      'PUT /v2/webhooks/{id}',
      'DELETE /v2/webhooks/{id}',
      'POST /v2/conversations',
      'POST /v2/conversations/{id}/reply',
      'POST /v2/conversations/{id}/notes',
      'POST /v2/customers',
      'PATCH /v2/customers/{id}',
      ...entries,
      'POST /v2/oauth2/token',
    ]);
  });

  it('fills each placeholder with one path segment, on the host it was given', () => {
    const base = 'https://api.helpscout.example/proxy/';
    const call = (id: string) => callUrl(base, { endpoint: ENDPOINTS.getConversation, params: { id } }, allowed);
    assert.equal(call('7').href, 'https://api.helpscout.example/proxy/v2/conversations/7');
    for (const id of ['', '.', '..', 'half of a pair: \ud83d']) assert.throws(() => call(id), HelpScoutOutsideScope);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (id) => {
        fc.pre(!['', '.', '..'].includes(id));
        const { host, pathname, search, hash } = call(id);
        assert.deepEqual([host, search, hash], ['api.helpscout.example', '', '']);
        assert.equal(pathname.split('/').length, 5);
        assert(pathname.startsWith('/proxy/v2/conversations/'));
        assert.equal(decodeURIComponent(pathname.slice(24)), id);
      }),
    );
  });

  it('follows no redirect', async () => {
    await withScripted([{ body: USER }], async (elsewhere) => {
      const headers = { location: `${elsewhere.url}/v2/users/me` };
      await withScripted([{ status: 307, headers }], async ({ url }) => {
        const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: unlimited });
        await assert.rejects(client.users.me());
        assert.deepEqual(elsewhere.seen, []);
      });
    });
  });

  it('can be shown: every call once, with what it is for and what it costs', () => {
    assert.equal(new Set(SCOPE.map(({ endpoint }) => endpoint)).size, SCOPE.length);
    const row = (endpoint: string) => SCOPE.find((candidate) => candidate.endpoint === endpoint);
    assert.deepEqual(row('GET /v2/conversations'), {
      endpoint: 'GET /v2/conversations',
      feature: 'Insights',
      cost: 1,
    });
    assert.equal(row('POST /v2/webhooks')?.cost, 2);
    assert.equal(row('GET /v1/collections')?.feature, 'Docs articles');
    assert.equal(row('POST /v2/oauth2/token')?.cost, 0);
  });
});

describe('budget of the client', () => {
  /** A budget that answers the waits in order, then always has room, and keeps the outcomes. */
  function budgetOf(...waits: number[]) {
    const outcomes: Outcome<MinuteSeen>[] = [];
    const asked: [string, number][] = [];
    return {
      outcomes,
      asked,
      reserve: async (endpoint: string, cost: number) => {
        asked.push([endpoint, cost]);
        return waits.shift() ?? null;
      },
      settle: async (outcome: Outcome<MinuteSeen>) => void outcomes.push(outcome),
    };
  }

  it('is told of every call that had room: what became of it, and what the headers say', async () => {
    const answers = [
      { body: USER, headers: MINUTE },
      { status: 404, headers: MINUTE },
      { status: 429, headers: { ...MINUTE, 'x-ratelimit-remaining-minute': '0', 'x-ratelimit-retry-after': '9' } },
      { status: 301, headers: { ...MINUTE, location: '/v2/conversations/8' } },
      { status: 500 },
      { cut: 'before' as const },
    ];
    await withScripted(answers, async ({ url }) => {
      const budget = budgetOf();
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget });
      await client.users.me();
      await assert.rejects(client.users.me());
      await assert.rejects(client.users.me());
      await assert.rejects(client.conversations.get(7), HelpScoutUnavailable);
      await assert.rejects(client.conversations.setTags(7, []));
      const seen = { limit: 400, remaining: 399 };
      const me = { endpoint: 'GET /v2/users/me', cost: 1 };
      const get = { endpoint: 'GET /v2/conversations/{id}', cost: 1 };
      assert.deepEqual(budget.outcomes, [
        { ...me, ok: true, seen, refusedForMs: null },
        { ...me, ok: false, seen, refusedForMs: null },
        { ...me, ok: false, seen: { limit: 400, remaining: 0 }, refusedForMs: 9_000 },
        { ...get, ok: true, seen, refusedForMs: null },
        { ...get, ok: false, seen: null, refusedForMs: null },
        { endpoint: 'PUT /v2/conversations/{id}/tags', cost: 2, ok: false, seen: null, refusedForMs: null },
      ]);
      assert.deepEqual(
        budget.asked,
        budget.outcomes.map(({ endpoint, cost }) => [endpoint, cost]),
      );
    });
  });

  it('waits a moment for room, and gives a longer wait back', async () => {
    await withScripted([{ body: USER }], async ({ url, seen }) => {
      const connect = (budget: ReturnType<typeof budgetOf>) =>
        createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget });
      const patient = budgetOf(5, 5);
      await connect(patient).users.me();
      assert.equal(patient.asked.length, 3);
      const full = budgetOf(2_001);
      await assert.rejects(
        connect(full).users.me(),
        (error) => error instanceof HelpScoutRateLimited && error.retryAfterMs === 2_001,
      );
      const crowded = budgetOf(1, 1, 1, 1, 1, 1, 1, 1);
      await assert.rejects(connect(crowded).users.me(), HelpScoutRateLimited);
      assert.deepEqual([crowded.asked.length, crowded.outcomes.length, seen.length], [5, 0, 1]);
    });
  });

  it('stops waiting when the work is cancelled', async () => {
    await withScripted([{ body: USER }], async ({ url, seen }) => {
      const signal = AbortSignal.timeout(20);
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget: budgetOf(2_000), signal });
      await assert.rejects(client.users.me(), HelpScoutUnavailable);
      assert.deepEqual(seen, []);
    });
  });

  it('does not undo what was written when it cannot be settled', async () => {
    await withScripted([{ status: 201, headers: { 'resource-id': '5' } }], async ({ url }) => {
      const trouble: unknown[] = [];
      const budget = { ...unlimited, settle: () => Promise.reject(new Error('no database')) };
      const onUnsettled = (error: unknown) => trouble.push(error);
      const client = createHelpScoutClient({ apiUrl: url, accessToken: 'x', budget, onUnsettled });
      assert.equal(await client.conversations.createNote({ conversationId: 1, text: 'x' }), 5);
      assert.equal(trouble.length, 1);
    });
  });
});
