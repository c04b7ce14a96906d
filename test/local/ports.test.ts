import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { choosePort } from '../../src/local/ports.ts';

const listen = (port: number) =>
  new Promise<Server>((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
const portOf = (server: Server) => {
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  return address.port;
};

describe('choosing ports', () => {
  it('takes a port after the wanted one when that is busy', async () => {
    const busy = await listen(0);
    try {
      const chosen = await choosePort(portOf(busy));
      assert.notEqual(chosen, portOf(busy));
      const proof = await listen(chosen);
      proof.close();
    } finally {
      busy.close();
    }
  });

  it('gives different free ports to several servers that ask for any', async () => {
    const ports = await Promise.all([choosePort(0), choosePort(0), choosePort(0)]);
    assert.equal(new Set(ports).size, 3);
  });
});
