import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { integrationWorkflowId, TASK_QUEUE } from '../../src/workflows/contract.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { receivedQuery } from '../support/stand-in-workflows.ts';
import { startTemporal } from '../support/temporal.ts';
import { addOrganization, startWebApp, type WebApp } from '../support/web-app.ts';

const SECRETS = { oldest: 'oldest-secret', previous: 'previous-secret', current: 'current-secret' };
const HOUR_MS = 3_600_000;
const sign = (body: string | Buffer, secret: string) => createHmac('sha1', secret).update(body).digest('base64');
const conversation = (id: number) => JSON.stringify({ id, subject: 'Export' });

/** What came back over one connection, until the other side closed it. */
interface Exchange {
  status: number | null;
  text: string;
  tookMs: number;
}

describe('attacks on the webhook receiver, over plain sockets', function () {
  this.timeout(90_000);
  let mongodb: MongodbServer;
  let temporal: TestWorkflowEnvironment;
  let worker: Worker;
  let running: Promise<void>;
  let app: WebApp;
  let mine: { integrationId: string; webhookKey: string };
  let theirs: { integrationId: string; webhookKey: string };

  const addIntegration = async (name: string, secrets: string[]) => {
    const { organizationId } = await addOrganization(app.storage, name);
    const { integrationId } = await app.storage.integrations.create(organizationId);
    const binding = { organizationId, integrationId, purpose: 'webhookSecret' } as const;
    let previousSecret: string | null = null;
    for (const text of secrets) {
      const secret = app.keyRing.encrypt(text, binding);
      await app.storage.integrations.saveWebhook(organizationId, integrationId, { secret, previousSecret });
      previousSecret = secret;
    }
    await app.storage.integrations.update(organizationId, integrationId, { state: 'live' });
    const workflowId = integrationWorkflowId(integrationId);
    await temporal.client.workflow.start('integration', { workflowId, taskQueue: TASK_QUEUE, args: [{}] });
    const webhookKey = (await app.storage.integrations.webhookKey(organizationId, integrationId)) ?? '';
    return { integrationId, webhookKey };
  };

  before(async () => {
    mongodb = await startMongodb();
    temporal = await startTemporal();
    app = await startWebApp({ mongodbUri: mongodb.newDatabase(), temporal: temporal.client });
    worker = await Worker.create({
      connection: temporal.nativeConnection,
      taskQueue: TASK_QUEUE,
      workflowsPath: new URL('../support/stand-in-workflows.ts', import.meta.url).pathname,
    });
    running = worker.run();
    mine = await addIntegration('Acme', [SECRETS.oldest, SECRETS.previous, SECRETS.current]);
    theirs = await addIntegration('Foyer', ['secret-of-foyer']);
  });
  after(async () => {
    worker?.shutdown();
    await running;
    await app?.stop();
    await temporal?.teardown();
    await mongodb?.stop();
  });
  afterEach(() => app.setTime(null));

  /** Sends parts over a connection of its own and reads until it is closed. `hangUp` ends our side after them. */
  async function exchange(parts: Iterable<string | Buffer>, { everyMs = 0, hangUp = false } = {}): Promise<Exchange> {
    const beganMs = Date.now();
    const socket = connect(Number(new URL(app.origin).port), '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined); // closed by the other side while we still send
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    for (const part of parts) {
      if (socket.destroyed) break;
      socket.write(part);
      if (everyMs > 0) await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, everyMs))]);
    }
    if (hangUp) socket.destroySoon();
    await closed;
    const text = Buffer.concat(chunks).toString();
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
    return { status: status ? Number(status) : null, text, tookMs: Date.now() - beganMs };
  }

  const head = (length: number, headers: Record<string, string>, key: string) =>
    [
      `POST /webhooks/helpscout/${key} HTTP/1.1`,
      'Host: localhost',
      'Connection: close',
      'X-HelpScout-Event: convo.created',
      `Content-Length: ${length}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      '',
    ].join('\r\n');

  const deliver = (
    body: string | Buffer,
    { signature, key = mine.webhookKey, ...more }: Record<string, string> & { signature?: string; key?: string } = {},
  ) => {
    const signed = { 'X-HelpScout-Signature': signature ?? sign(body, SECRETS.current) };
    const headers = { 'Content-Type': 'application/json', ...signed, ...more };
    return exchange([head(Buffer.byteLength(body), headers, key), body]);
  };

  const received = async ({ integrationId } = mine): Promise<number[]> => {
    const handle = temporal.client.workflow.getHandle(integrationWorkflowId(integrationId));
    return (await handle.query(receivedQuery)).signals.flat().map(({ conversationId }) => conversationId);
  };
  /** @returns the status, after making sure that no workflow heard of it */
  const refused = async (attack: () => Promise<Exchange>): Promise<number | null> => {
    const before = [await received(), await received(theirs)];
    const { status } = await attack();
    assert.deepEqual([await received(), await received(theirs)], before);
    return status;
  };

  it('401: forged, unsigned, signed with an older secret, or with that of another integration', async () => {
    const body = conversation(1);
    for (const secret of ['guess', SECRETS.oldest, 'secret-of-foyer', '']) {
      assert.equal(await refused(() => deliver(body, { signature: sign(body, secret) })), 401, secret);
    }
    assert.equal(await refused(() => deliver(body, { signature: '' })), 401);
    assert.equal(await refused(() => exchange([head(body.length, {}, mine.webhookKey), body])), 401);
    // Ours, at somebody else's address.
    assert.equal(await refused(() => deliver(body, { key: theirs.webhookKey })), 401);
    // Of another body.
    assert.equal(await refused(() => deliver(body, { signature: sign(conversation(2), SECRETS.current) })), 401);
  });

  it('404: an address of nobody, or the id of an integration in place of its key', async () => {
    for (const key of ['nobody', mine.integrationId]) {
      assert.equal(await refused(() => deliver(conversation(1), { key })), 404);
    }
  });

  it('204 for the previous secret for a day, 401 after it', async () => {
    const body = conversation(3);
    const signature = sign(body, SECRETS.previous);
    assert.equal((await deliver(body, { signature })).status, 204);
    app.setTime(new Date(Date.now() + 25 * HOUR_MS));
    assert.equal(await refused(() => deliver(body, { signature })), 401);
    assert.equal((await deliver(body)).status, 204);
  });

  it('204 for the same body again: one more hint about the same conversation, held before the answer', async () => {
    for (let times = 1; times <= 3; times += 1) {
      assert.equal((await deliver(conversation(4))).status, 204);
      assert.equal((await received()).filter((id) => id === 4).length, times);
    }
  });

  it('204 whatever the content type says: the signature tells whose bytes these are', async () => {
    for (const [index, type] of ['text/plain', 'application/xml', 'multipart/form-data', ''].entries()) {
      assert.equal((await deliver(conversation(50 + index), { 'Content-Type': type })).status, 204, type);
      assert((await received()).includes(50 + index));
    }
  });

  it('413: ten megabytes, whether announced or sent in chunks', async () => {
    const body = Buffer.alloc(10_000_000, 'x');
    assert.equal(await refused(() => deliver(body)), 413);
    const chunked = head(0, { 'X-HelpScout-Signature': sign(body, SECRETS.current) }, mine.webhookKey).replace(
      'Content-Length: 0',
      'Transfer-Encoding: chunked',
    );
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 'x'), Buffer.from('\r\n')]);
    assert.equal(await refused(() => exchange([chunked, ...Array<Buffer>(160).fill(chunk), '0\r\n\r\n'])), 413);
  });

  it('415: compressed, however small it is', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    assert(bomb.length < 100_000);
    assert.equal(await refused(() => deliver(bomb, { 'Content-Encoding': 'gzip' })), 415);
  });

  it('400, or nobody to answer: a body that breaks off, or is no JSON about a conversation', async () => {
    for (const body of ['{"id":', '[]', '{"id":"7"}', '{"id":-7}', '\u0000', '']) {
      assert.equal(await refused(() => deliver(body)), 400, body);
    }
    const body = conversation(6);
    const headers = { 'X-HelpScout-Signature': sign(body, SECRETS.current) };
    const cut = [head(body.length, headers, mine.webhookKey), body.slice(0, 8)];
    assert([null, 400].includes(await refused(() => exchange(cut, { hangUp: true }))));
  });

  it('408 within seconds: headers or a body that dribble in, while others are served', async () => {
    const body = conversation(7);
    const headers = head(body.length, { 'X-HelpScout-Signature': sign(body, SECRETS.current) }, mine.webhookKey);
    const slow = { everyMs: 1_000 };
    const dribbles = [exchange(headers.slice(0, -2).split(/(?<=\n)|(?<=: )/), { everyMs: 3_000 })];
    dribbles.push(exchange([headers, ...body], slow));
    assert.equal((await deliver(conversation(8))).status, 204);
    for (const { status, tookMs } of await Promise.all(dribbles)) {
      assert.equal(status, 408);
      assert(tookMs < 20_000, `${tookMs} ms`);
    }
    assert(!(await received()).includes(7));
  });

  it('tells in its log neither keys nor signatures nor bodies', () => {
    const lines = app.logLines.join('');
    for (const secret of [
      mine.webhookKey,
      ...Object.values(SECRETS),
      sign(conversation(4), SECRETS.current),
      'Export',
    ]) {
      assert(!lines.includes(secret));
    }
  });
});
