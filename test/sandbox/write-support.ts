import assert from 'node:assert/strict';
import { WEBHOOK_EVENTS } from '../../src/sandbox/inbox/webhook-events.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { control, inboxClient, start, startReceiver, until } from './support.ts';

export interface Refusal {
  path: string;
  message: string;
  code: string;
  rejectedValue?: unknown;
}

export type WriteClient = Awaited<ReturnType<typeof writeClient>>;

/** A client that looks at what writes answer, of a sandbox with the conversations 7001 to 7003. */
export async function writeClient(options: Partial<SandboxOptions> = {}) {
  const sandbox = await start(options);
  const client = await inboxClient(sandbox);

  async function statusOf(method: string, path: string, body?: unknown): Promise<number> {
    return (await client.call(method, path, body)).status;
  }

  return {
    ...client,
    sandbox,
    statusOf,
    /** A write that answers 204 and nothing else. */
    async change(method: string, path: string, body?: unknown): Promise<void> {
      const answer = await client.call(method, path, body);
      assert.equal(answer.status, 204, await answer.clone().text());
      assert.equal(await answer.text(), '');
    },
    /** The id of what a POST makes; the answer has no body. */
    async create(path: string, body: unknown): Promise<number> {
      const answer = await client.call('POST', path, body);
      assert.equal(answer.status, 201, await answer.clone().text());
      assert.equal(await answer.text(), '');
      return Number(answer.headers.get('resource-id'));
    },
    /** The fields that a write is refused for. */
    async refusal(method: string, path: string, body: unknown): Promise<Refusal[]> {
      const answer = await client.call(method, path, body);
      assert.equal(answer.status, 400, await answer.clone().text());
      assert.equal(answer.headers.get('content-type'), 'application/vnd.error+json');
      const envelope = await answer.json();
      assert.equal(envelope.message, 'Bad request');
      return envelope._embedded.errors.map(({ _links, source, ...error }: RawError) => {
        assert.equal(source, 'JSON');
        return { ...error, code: _links.about.href.split('#')[1] };
      });
    },
    /** Oldest first. */
    async threads(conversationId: number) {
      const page = await client.get(`/v2/conversations/${conversationId}/threads`);
      return page._embedded.threads.toReversed();
    },
  };
}

interface RawError extends Omit<Refusal, 'code'> {
  source: string;
  _links: { about: { href: string } };
}

/** Subscribes to every event; `told` are the events since the last call, once there are `count` of them. */
export async function listener({ create }: WriteClient) {
  const receiver = await startReceiver(200);
  await create('/v2/webhooks', { url: receiver.url, events: WEBHOOK_EVENTS, secret: 's' });
  let seen = 0;
  return {
    async told(count: number): Promise<{ event: string; body: Record<string, unknown> }[]> {
      const arrived = () => receiver.received.length - seen;
      await until(() => arrived() >= count, `${count} deliveries, not ${arrived()}`);
      const news = receiver.received.slice(seen);
      seen += news.length;
      assert.equal(news.length, count, news.map(({ headers }) => headers['x-helpscout-event']).join());
      return news
        .map(({ headers, body }) => ({ event: String(headers['x-helpscout-event']), body: JSON.parse(body) }))
        .sort((a, b) => a.event.localeCompare(b.event));
    },
    /** Waits for these events, in any order, and for no others. */
    async events(...expected: string[]): Promise<void> {
      const told = await this.told(expected.length);
      assert.deepEqual(
        told.map(({ event }) => event),
        expected.toSorted(),
      );
    },
  };
}

export const turn = (sandbox: Sandbox, switches: object) => control(sandbox, 'PATCH', '/switches', switches);

export const hide = (sandbox: Sandbox, mode: 'deleted' | 'forbidden') =>
  control(sandbox, 'PUT', '/mailboxes/310/hidden', { mode });
