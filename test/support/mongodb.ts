import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMongodb } from '../../src/local/find-mongodb.ts';
import { mongodbSpec } from '../../src/local/mongodb-server.ts';
import { choosePort } from '../../src/local/ports.ts';
import { superviseProcess } from '../../src/local/supervised-process.ts';
import { shared } from './shared.ts';

const install = { localDir: join(import.meta.dirname, '../../.local'), environment: process.env, say: () => undefined };

export interface Databases {
  /** The address of a database that nobody used before. */
  newDatabase(): string;
}
export interface MongodbServer extends Databases {
  stop(): Promise<void>;
}

let databases = 0;

/** A MongoDB server: the one at MONGODB_URI, else one of our own with an empty folder, gone after `stop`. */
export async function startMongodb(): Promise<MongodbServer> {
  if (process.env.MONGODB_URI) return { newDatabase: databaseAt(process.env.MONGODB_URI), stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'insights-mongodb-'));
  const server = process.env.SECANTUSD
    ? { engine: 'secantusd-py' as const, command: process.env.SECANTUSD, origin: process.env.SECANTUSD }
    : await findMongodb(dataDir, install);
  const port = await choosePort(0);
  const spec = await mongodbSpec({ server, dataDir, port, environment: process.env, temporary: true });
  const running = superviseProcess(spec, { restartCrashed: false, say: install.say });
  await running.start();
  return {
    newDatabase: databaseAt(`mongodb://127.0.0.1:${port}`),
    async stop() {
      await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A MongoDB server for the tests of the surrounding `describe`. */
export function useMongodb(): Databases {
  return shared(async (thenStop) => {
    const { newDatabase, stop } = await startMongodb();
    thenStop(stop);
    return { newDatabase };
  });
}

const databaseAt = (server: string) => () => {
  const address = new URL(server);
  databases += 1;
  address.pathname = `/test-${process.pid}-${databases}`;
  // Nobody kills this server: waiting for its journal would only take time.
  address.searchParams.set('journal', 'false');
  return address.href;
};
