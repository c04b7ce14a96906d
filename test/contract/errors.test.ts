import assert from 'node:assert/strict';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import * as errors from '../../src/helpscout/errors.ts';
import { unlimited } from '../helpscout/unlimited.ts';
import { type ScriptedAnswer, withScripted } from './scripted-server.ts';

const VND_ERROR = { 'content-type': 'application/vnd.error+json' };
const LOG_REF = '0d1b8c4e-7a55-4f0f-9f0e-2c2f1b9a6c11#178323051';
const SECRET = 'at_secret_token';
const WORDS = 'the words of a customer';

/** A refusal as the reference shows it, with all its parts. */
const VALIDATION = {
  logRef: LOG_REF,
  message: 'Bad request',
  _embedded: {
    errors: [
      {
        path: 'subject',
        message: 'may not be empty',
        source: 'JSON',
        _links: { about: { href: 'http://x/#NotEmpty' } },
      },
      { path: 'status', message: "Expected one of these: 'active'", rejectedValue: WORDS, source: 'JSON' },
    ],
  },
  _links: { about: { href: 'http://x' } },
};
const UNPARSEABLE = {
  logRef: LOG_REF,
  message: 'Error parsing request body into JSON',
  _embedded: { errors: [] },
  _links: { self: { href: 'http://x#invalid-json' } },
};
const OLD_LINKS = { logRef: LOG_REF, message: 'Bad request', links: [{ rel: 'about', href: 'http://x' }] };

type Kind = new (...args: never[]) => errors.HelpScoutError;

const reading = (client: HelpScoutClient) => client.users.me();
const creating = (client: HelpScoutClient) => client.conversations.createNote({ conversationId: 1, text: WORDS });
const replacing = (client: HelpScoutClient) => client.conversations.setTags(1, [WORDS]);

/** Every error answer that Help Scout documents, and what it means for a read, for a write that must not be repeated, and for one that may. */
const CASES: [name: string, answer: ScriptedAnswer, read: Kind, create: Kind, replace: Kind][] = [
  ['400 with fields', { status: 400, headers: VND_ERROR, body: VALIDATION }, ...thrice(errors.HelpScoutRejected)],
  [
    '400, unparseable JSON',
    { status: 400, headers: VND_ERROR, body: UNPARSEABLE },
    ...thrice(errors.HelpScoutRejected),
  ],
  ['400 in the former shape', { status: 400, body: OLD_LINKS }, ...thrice(errors.HelpScoutRejected)],
  ['401', { status: 401, body: { logRef: LOG_REF } }, ...thrice(errors.HelpScoutUnauthorized)],
  ['403', { status: 403, body: { logRef: LOG_REF } }, ...thrice(errors.HelpScoutForbidden)],
  ['404', { status: 404, body: { logRef: LOG_REF } }, ...thrice(errors.HelpScoutNotFound)],
  ['409', { status: 409, body: VALIDATION }, ...thrice(errors.HelpScoutConflict)],
  ['412', { status: 412, body: { message: 'too many threads' } }, ...thrice(errors.HelpScoutPreconditionFailed)],
  ['413', { status: 413, body: '<h1>too large</h1>' }, ...thrice(errors.HelpScoutRejected)],
  ['415', { status: 415 }, ...thrice(errors.HelpScoutRejected)],
  ['422, which is not used', { status: 422 }, ...thrice(errors.HelpScoutRejected)],
  ['423', { status: 423, body: { message: 'locked' } }, ...thrice(errors.HelpScoutRejected)],
  ['429', { status: 429, body: { message: 'API rate limit exceeded' } }, ...thrice(errors.HelpScoutRateLimited)],
  ['504', { status: 504, body: '<html>' }, ...thrice(errors.HelpScoutUnavailable)],
  ['500', { status: 500, body: VALIDATION }, ...unlessRepeatable(errors.HelpScoutUnavailable)],
  ['502 as HTML', { status: 502, body: '<html>Bad gateway</html>' }, ...unlessRepeatable(errors.HelpScoutUnavailable)],
  ['503, empty', { status: 503 }, ...unlessRepeatable(errors.HelpScoutUnavailable)],
  ['408', { status: 408 }, ...unlessRepeatable(errors.HelpScoutTimeout)],
  [
    'a redirect',
    { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
    ...thrice(errors.HelpScoutUnexpectedShape),
  ],
  ['a cut connection', { cut: 'before' }, ...unlessRepeatable(errors.HelpScoutUnavailable)],
];

describe('errors of the Inbox API', () => {
  for (const [name, answer, read, create, replace] of CASES) {
    it(`${name}: means the same, whatever the body`, async () => {
      for (const body of [
        answer.body,
        '',
        '<html></html>',
        '{"logRef":7,"_embedded":{"errors":"none"}}',
        '[]',
        'null',
      ]) {
        await withScripted([{ ...answer, body }], async ({ url }) => {
          const client = connect(url);
          await rejects(reading(client), read, answer.status);
          await rejects(creating(client), create, answer.status);
          await rejects(replacing(client), replace, answer.status);
        });
      }
    });
  }

  it('carries what Help Scout’s support asks for, and the fields it objects to', async () => {
    const headers = { ...VND_ERROR, 'correlation-id': '6f1d1f0e-9d4a-4f6f-8a55-b1c54b2d7b52' };
    await withScripted([{ status: 400, headers, body: VALIDATION }], async ({ url }) => {
      const error = await creating(connect(url)).catch((thrown: unknown) => thrown);
      assert(error instanceof errors.HelpScoutRejected);
      assert.equal(error.endpoint, 'POST /v2/conversations/{id}/notes');
      assert.equal(error.status, 400);
      assert.equal(error.logRef, LOG_REF);
      assert.equal(error.requestId, '6f1d1f0e-9d4a-4f6f-8a55-b1c54b2d7b52');
      assert.deepEqual(error.problems, [
        { path: 'subject', message: 'may not be empty' },
        { path: 'status', message: "Expected one of these: 'active'" },
      ]);
      assert.equal(
        error.message,
        'POST /v2/conversations/{id}/notes: the request was refused at subject, status (HTTP 400)',
      );
    });
  });

  it('says how long to wait: by Help Scout’s header, by the usual one, or a minute', async () => {
    const waits: [Record<string, string>, number][] = [
      [{ 'x-ratelimit-retry-after': '17', 'retry-after': '3' }, 17_000],
      [{ 'retry-after': '3' }, 3_000],
      [{ 'x-ratelimit-retry-after': 'soon' }, 60_000],
      // A moment, as the Docs API may tell it, that has passed.
      [{ 'x-ratelimit-limit': '9', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '120' }, 60_000],
      [{ 'x-ratelimit-retry-after': '99999999' }, 600_000],
      [{}, 60_000],
    ];
    for (const [headers, waitMs] of waits) {
      await withScripted([{ status: 429, headers }], async ({ url }) => {
        const error = await reading(connect(url)).catch((thrown: unknown) => thrown);
        assert(error instanceof errors.HelpScoutRateLimited);
        assert.equal(error.retryAfterMs, waitMs);
      });
    }
  });

  it('takes a read whose answer breaks off for one that failed, and a write for done', async () => {
    const answer: ScriptedAnswer = {
      status: 201,
      headers: { 'resource-id': '5', 'content-length': '100' },
      body: 'cut short',
      cut: 'within',
    };
    await withScripted([answer], async ({ url }) => {
      await assert.rejects(reading(connect(url)), errors.HelpScoutUnavailable);
      assert.equal(await creating(connect(url)), 5);
    });
  });

  it('is uncertain of what was created without an id', async () => {
    for (const id of ['', '0', '-1', 'x']) {
      await withScripted([{ status: 201, headers: { 'resource-id': id } }], ({ url }) =>
        assert.rejects(creating(connect(url)), errors.HelpScoutUncertain),
      );
    }
  });

  it('names the path of a reply that is not as documented, and not what is there', async () => {
    await withScripted([{ body: { id: WORDS, email: 'a@b.example' } }], async ({ url }) => {
      await rejects(reading(connect(url)), errors.HelpScoutUnexpectedShape, 200);
      await assert.rejects(reading(connect(url)), /unexpected reply at id/);
    });
    for (const body of ['', '<html>', '[]', 'null', '7']) {
      await withScripted([{ body }], ({ url }) => rejects(reading(connect(url)), errors.HelpScoutUnexpectedShape, 200));
    }
  });
});

const connect = (apiUrl: string) => createHelpScoutClient({ apiUrl, accessToken: SECRET, budget: unlimited });

async function rejects(call: Promise<unknown>, kind: Kind, status: number | undefined): Promise<void> {
  await assert.rejects(call, (error) => {
    assert(error instanceof kind, `${String(error)} is not ${kind.name}`);
    assert.equal(error.name, kind.name);
    assert.equal(error.status, status);
    assert(!error.message.includes(SECRET) && !error.message.includes(WORDS));
    assert(!JSON.stringify(error).includes(WORDS));
    return true;
  });
}

function thrice(kind: Kind): [Kind, Kind, Kind] {
  return [kind, kind, kind];
}

/** Of what was not answered, only what must not be repeated is uncertain. */
function unlessRepeatable(kind: Kind): [Kind, Kind, Kind] {
  return [kind, errors.HelpScoutUncertain, kind];
}
