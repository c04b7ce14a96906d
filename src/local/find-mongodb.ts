import { readdir } from 'node:fs/promises';
import type { Executable } from './executable.ts';
import { getMongod } from './get-mongod.ts';
import { findOnPath } from './on-path.ts';
import { type InstallOptions, installWheel, WHEELS } from './wheels.ts';

/** The servers that speak MongoDB's protocol; their files are not interchangeable. */
export const MONGODB_ENGINES = ['mongod', 'secantusd-rs', 'secantusd-py'] as const;
export type MongodbEngine = (typeof MONGODB_ENGINES)[number];

export interface MongodbServer extends Executable {
  engine: MongodbEngine;
}

/**
 * A server for `dataDir`: `mongod`, then `secantusd-rs`, on PATH; else MongoDB's own server, downloaded; else
 * SecantusDB from PyPI. A data folder stays with the engine that made it, even when a better one has appeared since.
 */
export async function findMongodb(dataDir: string, options: InstallOptions): Promise<MongodbServer> {
  const kept = await engineOfData(dataDir);
  const wanted = (engine: MongodbEngine) => kept === null || kept === engine;
  for (const engine of ['mongod', 'secantusd-rs'] as const) {
    const command = wanted(engine) ? await findOnPath(engine, options.environment.PATH) : null;
    if (command) return { engine, command, origin: command };
  }
  const downloaded = wanted('mongod') ? await getMongod(options) : null;
  if (downloaded) return { engine: 'mongod', ...downloaded };
  if (kept !== null && kept !== 'secantusd-py') {
    options.say(`The data made by ${kept} in ${dataDir} is left as it is: ${kept} is no longer found. Starting empty.`);
  }
  return { engine: 'secantusd-py', ...(await installWheel(WHEELS.secantus, options)) };
}

/** Where an engine keeps its files below the data folder. */
export const engineFolder = (engine: MongodbEngine) => `mongodb-${engine}`;

/** The engine that has data there; several only after the preferred one had vanished, then the last in the list. */
async function engineOfData(dataDir: string): Promise<MongodbEngine | null> {
  const entries = await readdir(dataDir).catch((): string[] => []);
  return MONGODB_ENGINES.findLast((engine) => entries.includes(engineFolder(engine))) ?? null;
}
