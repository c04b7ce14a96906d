import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NotifyError } from '../../src/notify/notify-error.ts';
import { type PostOptions, postJson } from '../../src/notify/post-json.ts';
import { publicAddress } from '../../src/notify/public-address.ts';

const LOCAL = { localAllowed: true };

describe('a notification to an address that somebody entered', () => {
  async function withReceiver(answer: RequestListener, work: (port: number, seen: IncomingMessage[]) => Promise<void>) {
    const seen: IncomingMessage[] = [];
    const server = createServer((request, response) => {
      seen.push(request);
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      await work((server.address() as AddressInfo).port, seen);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const codeOf = async (url: string, options: PostOptions = LOCAL) => {
    try {
      await postJson(url, { text: 'hello' }, options);
      return 'sent';
    } catch (error) {
      assert.ok(error instanceof NotifyError);
      assert.ok(!error.message.includes('secret'));
      return `${error.code}${error.isFinal ? ', final' : ''}`;
    }
  };

  it('is refused inside the network, in every way of writing an address', async () => {
    const hosts = [
      '10.0.0.1 172.16.5.4 192.168.1.1 127.0.0.1 0.0.0.0 169.254.169.254 100.64.0.1 224.0.0.1 255.255.255.255 198.18.0.1 192.0.2.1',
      '2130706433 0x7f.1 017700000001 [::1] [::] [::ffff:10.0.0.1] [::ffff:7f00:1] [fe80::1] [fd00::1] [fc00::1] [ff02::1]',
      '[64:ff9b::a00:1] [2002:7f00:1::] [2001:db8::1] [2001::1] localhost',
    ].flatMap((line) => line.split(' '));
    for (const host of hosts) {
      const code = await codeOf(`https://${host}/secret`, { localAllowed: false });
      assert.equal(code, 'addressRefused, final', host);
    }
  });

  it('is refused when only one of a name’s addresses is private, and without TLS', async () => {
    const resolve = async () => [
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];
    assert.equal(
      await codeOf('https://hooks.example/secret', { localAllowed: true, resolve }),
      'addressRefused, final',
    );
    const open = async () => [{ address: '93.184.215.14', family: 4 }];
    assert.deepEqual(
      await publicAddress(new URL('https://hooks.example'), { localAllowed: false, resolve: open }),
      (await open())[0],
    );
    for (const url of ['http://hooks.example/secret', 'ftp://hooks.example/', 'file:///etc/passwd', 'secret']) {
      assert.equal(await codeOf(url, { localAllowed: false, resolve: open }), 'addressRefused, final', url);
    }
    assert.equal(
      await codeOf('http://hooks.example/secret', { localAllowed: true, resolve: open }),
      'addressRefused, final',
    );
  });

  it('goes to the address that was looked at, with the name asked for once', async () => {
    await withReceiver(
      (_request, response) => response.writeHead(200).end('ok'),
      async (port, seen) => {
        let asked = 0;
        const resolve = async () => {
          asked += 1;
          return asked === 1 ? [{ address: '127.0.0.1', family: 4 }] : [{ address: '10.0.0.1', family: 4 }];
        };
        assert.equal(await codeOf(`http://hooks.example:${port}/secret`, { localAllowed: true, resolve }), 'sent');
        assert.equal(asked, 1);
        assert.equal(seen[0]?.headers.host, `hooks.example:${port}`);
        assert.equal(seen[0]?.headers['content-type'], 'application/json');
      },
    );
  });

  it('follows no redirect, and tells what may be tried again', async () => {
    const answers = {
      302: 'redirected, final',
      404: 'refused, final',
      410: 'refused, final',
      429: 'unavailable',
      503: 'unavailable',
      204: 'sent',
    };
    for (const [status, expected] of Object.entries(answers)) {
      await withReceiver(
        (_request, response) => response.writeHead(Number(status), { Location: 'http://127.0.0.1:1/' }).end(),
        async (port, seen) => {
          assert.equal(await codeOf(`http://127.0.0.1:${port}/secret`), expected);
          assert.equal(seen.length, 1);
        },
      );
    }
  });

  it('waits for no slow answer and reads no long one', async () => {
    await withReceiver(
      () => undefined,
      async (port) => {
        const started = Date.now();
        assert.equal(await codeOf(`http://127.0.0.1:${port}/secret`, { ...LOCAL, timeoutMs: 200 }), 'timeout');
        assert.ok(Date.now() - started < 5000);
      },
    );
    await withReceiver(
      (_request, response) => {
        const chunk = Buffer.alloc(65_536);
        const more = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', more).writeHead(200);
        more();
      },
      async (port) => assert.equal(await codeOf(`http://127.0.0.1:${port}/secret`), 'sent'),
    );
    assert.equal(await codeOf('http://127.0.0.1:1/secret'), 'unreachable');
  });
});
