import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import type { Environment } from './executable.ts';
import { engineFolder, type MongodbServer } from './find-mongodb.ts';
import type { ProcessSpec } from './supervised-process.ts';

/** SecantusDB in Rust takes `journal: true` of a write for granted and keeps what was written only with this. */
const KEEPING = { mongod: [], 'secantusd-py': [], 'secantusd-rs': ['--sync-on-commit'] } satisfies Record<
  MongodbServer['engine'],
  string[]
>;

/**
 * A MongoDB server as a process to supervise; makes its data folder. What it said to have written with
 * `journal: true` survives its being killed, except where the data is `temporary` and only speed matters.
 */
export async function mongodbSpec(options: {
  server: MongodbServer;
  dataDir: string;
  port: number;
  environment: Environment;
  temporary?: boolean;
}): Promise<ProcessSpec> {
  const { server, dataDir, port, environment, temporary = false } = options;
  const keeping = temporary ? [] : KEEPING[server.engine];
  const storage = join(dataDir, engineFolder(server.engine));
  await mkdir(storage, { recursive: true });
  return {
    name: 'mongodb',
    command: server.command,
    args:
      server.engine === 'mongod'
        ? ['--dbpath', storage, '--port', String(port), '--bind_ip', '127.0.0.1', '--quiet']
        : ['--standalone', '--host', '127.0.0.1', '--port', String(port), '--storage-path', storage, ...keeping],
    env: { ...environment, ...server.env },
    logFile: join(dataDir, 'logs', 'mongodb.log'),
    isReady: () => answersPing(`mongodb://127.0.0.1:${port}`),
    readyTimeoutMs: 60_000,
    stopTimeoutMs: 20_000,
  };
}

/** Whether a MongoDB server answers at the address. @throws the driver's error when none does. */
export async function answersPing(uri: string, timeoutMs = 1000): Promise<boolean> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: timeoutMs });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } finally {
    await client.close();
  }
}
