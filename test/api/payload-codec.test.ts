import assert from 'node:assert/strict';
import { defaultPayloadConverter } from '@temporalio/common';
import { codecPath } from '../../src/security/codec-key.ts';
import { createPayloadCodec } from '../../src/security/payload-codec.ts';
import { useWebApp } from '../support/web-app.ts';

describe('the codec endpoint for Temporal Web', () => {
  const app = useWebApp();

  const address = () => `${app.origin}${codecPath(app.config.encryptionKeys)}/decode?preserveStorageRefs=true`;
  const ask = (url: string, body: string) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const base64 = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('base64');
  async function encryptedBody(value: unknown) {
    const codec = createPayloadCodec(app.config.encryptionKeys);
    const payloads = await codec.encode([defaultPayloadConverter.toPayload(value)]);
    const json = payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, bytes]) => [name, base64(bytes)])),
      data: base64(data),
    }));
    return JSON.stringify({ payloads: json });
  }

  it('decrypts what our clients encrypted', async () => {
    const answer = await ask(address(), await encryptedBody({ customerEmail: 'ada@client.example' }));
    assert.equal(answer.status, 200);
    const { payloads } = JSON.parse(await answer.text());
    assert.deepEqual(JSON.parse(Buffer.from(payloads[0].data, 'base64').toString()), {
      customerEmail: 'ada@client.example',
    });
  });

  it('allows Temporal Web’s origin alone, and nobody to keep the answer', async () => {
    const preflight = await fetch(address(), {
      method: 'OPTIONS',
      headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), new URL(app.config.temporal.uiUrl).origin);
    const answer = await ask(address(), await encryptedBody(1));
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.equal(answer.headers.get('access-control-allow-credentials'), null);
  });

  it('is not there for who does not know its key', async () => {
    const body = await encryptedBody('secret');
    for (const key of ['x', 'x'.repeat(32), codecPath('a:'.concat(Buffer.alloc(32, 1).toString('base64'))).slice(16)]) {
      assert.equal((await ask(`${app.origin}/temporal/codec/${key}/decode`, body)).status, 404);
    }
  });

  it('refuses bodies that are no payloads', async () => {
    for (const body of ['', '{', '[]', '{"payloads":"x"}', '{"payloads":[{"metadata":{"encoding":7}}]}']) {
      const { status } = await ask(address(), body);
      assert.ok([200, 400].includes(status), `${body}: ${status}`);
    }
    assert.equal((await ask(address(), 'not json')).status, 400);
  });
});
