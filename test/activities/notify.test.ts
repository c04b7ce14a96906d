import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { SMTPServer } from 'smtp-server';
import { createNotifyActivities, ORGANIZATION_BINDING } from '../../src/activities/notify-activities.ts';
import { NOTIFICATION_TOPICS, type Notification } from '../../src/domain/notification.ts';
import { testKeyRing } from '../support/key-ring.ts';
import { useStorage } from '../support/storage.ts';

const MINUTE_MS = 60_000;
const keyRing = testKeyRing();

describe('delivery of notifications', function () {
  this.timeout(60_000);
  const storage = useStorage();
  let smtp: SMTPServer;
  let chat: Server;
  const mails: { to: string[]; raw: string }[] = [];
  const posts: { id: string; text: string; notifications: { id: string; kind: string }[] }[] = [];
  let mailAnswer: Error | null = null;
  let chatStatus = 200;
  let now = new Date();

  before(async () => {
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (!mailAnswer)
            mails.push({
              to: session.envelope.rcptTo.map(({ address }) => address),
              raw: Buffer.concat(chunks).toString(),
            });
          done(mailAnswer);
        });
      },
    });
    await new Promise<void>((listening) => void smtp.listen(0, '127.0.0.1', () => listening()));
    chat = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (chatStatus === 200) posts.push(JSON.parse(Buffer.concat(chunks).toString()));
        response.writeHead(chatStatus).end('ok');
      });
    }).listen(0, '127.0.0.1');
    await once(chat, 'listening');
  });
  beforeEach(() => {
    mails.length = 0;
    posts.length = 0;
    mailAnswer = null;
    chatStatus = 200;
    now = new Date('2026-11-21T10:00:00Z');
  });
  after(async () => {
    await new Promise<void>((closed) => smtp.close(() => closed()));
    chat.close();
  });

  const activities = (smtpPort = (smtp.server.address() as AddressInfo).port) =>
    createNotifyActivities({
      storage,
      keyRing,
      mail: { smtpUrl: `smtp://127.0.0.1:${smtpPort}`, from: 'Insights <insights@acme.example>' },
      localUrlsAllowed: true,
      publicUrl: 'https://insights.acme.example',
      now: () => now,
    });
  const environment = () => new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR', () => undefined) });
  const deliver = (made = activities()) => environment().run(made.deliverNotifications);
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };
  async function organization(channels: ('email' | 'webhook')[]) {
    const { organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' });
    const url = `http://127.0.0.1:${(chat.address() as AddressInfo).port}/hooks/very-secret`;
    const binding = { organizationId, integrationId: ORGANIZATION_BINDING, purpose: 'notificationUrl' as const };
    const common = { on: true, topics: [...NOTIFICATION_TOPICS], since: now };
    await storage.notificationChannels.save(organizationId, {
      ...(channels.includes('email') && { email: { ...common, addresses: ['ada@acme.example', 'bo@acme.example'] } }),
      ...(channels.includes('webhook') && {
        webhook: { ...common, host: '127.0.0.1', urlCiphertext: keyRing.encrypt(url, binding) },
      }),
    });
    return {
      organizationId,
      add: (id: string, change: Partial<Notification> = {}) =>
        storage.notifications.add(organizationId, {
          ...{ notificationId: id, kind: 'alert', text: `It <broke> ${id}`, href: '/notifications', at: now },
          ...change,
        }),
      dispatches: (channel: 'email' | 'webhook') =>
        storage.notificationDispatches.list(organizationId, channel, new Date(0)),
      end: () => storage.notificationChannels.save(organizationId, { email: null, webhook: null }),
    };
  }

  it('sends each notification to each channel once', async () => {
    const org = await organization(['email', 'webhook']);
    await org.add('n1');
    for (let n = 0; n < 3; n++) {
      await deliver();
      later(20 * MINUTE_MS);
    }
    assert.equal(mails.length, 1);
    assert.deepEqual(mails[0]?.to, ['ada@acme.example', 'bo@acme.example']);
    assert.match(mails[0]?.raw ?? '', /Subject: \[Acme\] Alert: It <broke> n1/);
    assert.match(mails[0]?.raw ?? '', /Message-ID: <[0-9a-f]{32}@acme\.example>/i);
    assert.match(mails[0]?.raw ?? '', /https:\/\/insights\.acme\.example\/notifications/);
    assert.equal(posts.length, 1);
    assert.match(posts[0]?.text ?? '', /It &lt;broke&gt; n1/);
    assert.deepEqual(
      posts[0]?.notifications.map(({ id }) => id),
      ['n1'],
    );
    await org.end();
  });

  it('makes one e-mail of a burst', async () => {
    const org = await organization(['email']);
    await org.add('n1');
    await deliver();
    for (let n = 2; n <= 30; n++) await org.add(`n${n}`);
    later(MINUTE_MS);
    await deliver();
    assert.equal(mails.length, 1);
    later(10 * MINUTE_MS);
    await deliver();
    assert.equal(mails.length, 2);
    assert.match(mails[1]?.raw ?? '', /Subject: \[Acme\] 29 notifications/);
    assert.match(mails[1]?.raw ?? '', /And 9 more/);
    await org.end();
  });

  it('tries again under the same id until it is taken, and says what is wrong meanwhile', async () => {
    const org = await organization(['email', 'webhook']);
    mailAnswer = Object.assign(new Error('try later'), { responseCode: 451 });
    chatStatus = 503;
    await org.add('n1');
    await deliver();
    await deliver();
    for (const channel of ['email', 'webhook'] as const) {
      const [dispatch] = await org.dispatches(channel);
      assert.deepEqual([dispatch?.state, dispatch?.tries, dispatch?.errorCode], ['waiting', 1, 'unavailable'], channel);
    }
    const [before] = await org.dispatches('webhook');
    mailAnswer = null;
    chatStatus = 200;
    later(MINUTE_MS);
    await deliver();
    assert.deepEqual([mails.length, posts.length], [1, 1]);
    assert.equal(posts[0]?.id, before?.dispatchId);
    assert.ok(mails[0]?.raw.includes(`<${(await org.dispatches('email'))[0]?.dispatchId}@`));
    assert.deepEqual(
      (await org.dispatches('email')).map(({ state }) => state),
      ['sent'],
    );
    await org.end();
  });

  it('gives up what is refused for good, or after a day, and goes on with what comes next', async () => {
    const org = await organization(['webhook']);
    chatStatus = 410;
    await org.add('n1');
    await deliver();
    assert.deepEqual(
      (await org.dispatches('webhook')).map(({ state, errorCode }) => [state, errorCode]),
      [['failed', 'refused']],
    );
    chatStatus = 503;
    later(5 * MINUTE_MS);
    await org.add('n2');
    for (let hours = 0; hours < 30; hours++) {
      await deliver();
      later(60 * MINUTE_MS);
    }
    assert.equal((await org.dispatches('webhook'))[0]?.state, 'failed');
    chatStatus = 200;
    await org.add('n3');
    await deliver();
    assert.deepEqual(
      posts.flatMap(({ notifications }) => notifications.map(({ id }) => id)),
      ['n3'],
    );
    await org.end();
  });

  it('sends what was asked for: topics that were chosen, from when on they were', async () => {
    const org = await organization(['webhook']);
    const { webhook } = await storage.notificationChannels.get(org.organizationId);
    assert.ok(webhook);
    await storage.notificationChannels.save(org.organizationId, { webhook: { ...webhook, topics: ['scans'] } });
    await org.add('old', { topic: 'scans', at: new Date(now.getTime() - 1) });
    await org.add('other', { topic: 'limits' });
    await org.add('scan', { topic: 'scans', kind: 'news' });
    await deliver();
    assert.deepEqual(
      posts.flatMap(({ notifications }) => notifications.map(({ id }) => id)),
      ['scan'],
    );
    await org.end();
  });

  it('keeps one organization’s trouble from the others, and answers a test with what is wrong', async () => {
    const broken = await organization(['email']);
    const fine = await organization(['webhook']);
    await broken.add('n1');
    await fine.add('n1');
    await deliver(activities(1));
    assert.equal((await broken.dispatches('email'))[0]?.errorCode, 'unreachable');
    assert.equal(posts.length, 1);
    const test = (organizationId: string, channel: 'email' | 'webhook', made = activities()) =>
      environment().run(made.testNotificationChannel, { organizationId, channel });
    assert.deepEqual(await test(broken.organizationId, 'email', activities(1)), { code: 'unreachable' });
    assert.equal(await test(broken.organizationId, 'email'), null);
    assert.match(mails[0]?.raw ?? '', /This is a test/);
    chatStatus = 404;
    assert.deepEqual(await test(fine.organizationId, 'webhook'), { code: 'refused' });
    const database = JSON.stringify(await storage.connection.collection('notificationChannels').find().toArray());
    assert.ok(!database.includes('very-secret'));
    await broken.end();
    await fine.end();
  });
});
