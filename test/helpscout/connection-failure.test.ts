import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import getPort from 'get-port';
import { createHelpScoutClient, type HelpScoutClient } from '../../src/helpscout/client.ts';
import { connectionFailure } from '../../src/helpscout/connection-failure.ts';
import { ENDPOINTS } from '../../src/helpscout/endpoints.ts';
import { HelpScoutTimeout, HelpScoutUnavailable, HelpScoutUncertain } from '../../src/helpscout/errors.ts';
import { unlimited } from './unlimited.ts';

const create = (client: HelpScoutClient) => client.conversations.createNote({ conversationId: 1, text: 'x' });

describe('connection failures', () => {
  it('are not uncertain when nothing can have left', async () => {
    const port = await getPort();
    const nobody = `http://127.0.0.1:${port}`;
    await assert.rejects(create(connect(nobody)), HelpScoutUnavailable);
    await assert.rejects(create(connect('http://no-such-host.invalid')), HelpScoutUnavailable);
  });

  it('are not uncertain when the handshake fails', async () => {
    const server = createServer((socket) => void socket.on('data', () => socket.end('HTTP/1.1 400 Bad\r\n\r\n')));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await assert.rejects(create(connect(`https://127.0.0.1:${port}`)), HelpScoutUnavailable);
    server.close();
  });

  it('are uncertain when a create gets no answer in time, or is cancelled under way', async () => {
    const server = createServer(() => {});
    server.listen(0, '127.0.0.1');
    const accepted = once(server, 'connection');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    await assert.rejects(create(connect(url, { timeoutMs: 50 })), HelpScoutUncertain);
    await assert.rejects(connect(url, { timeoutMs: 50 }).users.me(), HelpScoutTimeout);
    await accepted;
    const controller = new AbortController();
    const cancelled = create(connect(url, { signal: controller.signal }));
    const refused = assert.rejects(cancelled, HelpScoutUncertain);
    await once(server, 'connection');
    controller.abort();
    await refused;
    await assert.rejects(create(connect(url, { signal: controller.signal })), HelpScoutUnavailable);
    server.close();
  });

  it('are told apart by what the system says', () => {
    const failed = (cause: unknown) => new TypeError('fetch failed', { cause });
    const because = (fields: object) => Object.assign(new Error('no words'), fields);
    const neverLeft = [
      because({ code: 'ECONNREFUSED', syscall: 'connect' }),
      because({ code: 'ENOTFOUND', syscall: 'getaddrinfo' }),
      because({ code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
      because({ code: 'ETIMEDOUT', syscall: 'connect' }),
      because({ code: 'UND_ERR_CONNECT_TIMEOUT' }),
      because({ code: 'CERT_HAS_EXPIRED' }),
      because({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      because({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
      because({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
      new AggregateError([because({ syscall: 'connect' }), because({ syscall: 'connect' })]),
    ];
    const perhaps = [
      because({ code: 'ECONNRESET', syscall: 'read' }),
      because({ code: 'EPIPE', syscall: 'write' }),
      because({ code: 'UND_ERR_SOCKET' }),
      because({ code: 'UND_ERR_HEADERS_TIMEOUT' }),
      new AggregateError([because({ syscall: 'connect' }), because({ code: 'ECONNRESET', syscall: 'read' })]),
      because({ name: 'TimeoutError' }),
      'no error at all',
    ];
    for (const cause of neverLeft) {
      assert(connectionFailure(failed(cause), ENDPOINTS.createNote) instanceof HelpScoutUnavailable, String(cause));
    }
    for (const cause of perhaps) {
      assert(connectionFailure(failed(cause), ENDPOINTS.createNote) instanceof HelpScoutUncertain, String(cause));
      assert(connectionFailure(failed(cause), ENDPOINTS.setConversationTags) instanceof HelpScoutUnavailable);
    }
  });
});

const connect = (apiUrl: string, more: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
  createHelpScoutClient({ apiUrl, accessToken: 'x', budget: unlimited, ...more });
