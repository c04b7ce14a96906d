import { mkdir } from 'node:fs/promises';
import { codecPath } from '../security/codec-key.ts';
import { ensureAccount, type LocalAccount } from './account.ts';
import type { Environment, Say } from './executable.ts';
import { findMongodb } from './find-mongodb.ts';
import { findTemporal } from './find-temporal.ts';
import { answersPing, mongodbSpec } from './mongodb-server.ts';
import { LOCAL_DIR } from './paths.ts';
import { choosePort } from './ports.ts';
import { createProcessGroup } from './process-group.ts';
import { localSecrets } from './secrets.ts';
import { appEnvironment, sandboxEnvironment, workerEnvironment } from './service-environment.ts';
import { apiSpec, sandboxSpec, workerSpec } from './services.ts';
import type { SupervisedProcess } from './supervised-process.ts';
import { checkTemporal, setRetention, temporalSpec } from './temporal-server.ts';

export type StackPorts = Record<'api' | 'sandbox' | 'temporal' | 'temporalUi' | 'mongodb', number>;
export type StackProcessName = 'temporal' | 'mongodb' | 'sandbox' | 'worker' | 'api';

export const DEFAULT_PORTS: StackPorts = { api: 3000, sandbox: 3100, temporal: 7233, temporalUi: 8233, mongodb: 27017 };
export const ANY_FREE_PORTS: StackPorts = { api: 0, sandbox: 0, temporal: 0, temporalUi: 0, mongodb: 0 };

export interface StackOptions {
  /** Databases, secrets and logs live here; one stack at a time. */
  dataDir: string;
  /** Wanted ports: a busy one is replaced by the next free one, 0 by any. */
  ports: StackPorts;
  /** What child processes inherit. Servers named by TEMPORAL_ADDRESS and MONGODB_URI are used, not started. */
  environment: Environment;
  /** Lets the sandbox play Help Scout, whatever the environment says of a real account. */
  sandbox: boolean;
  /** A corpus file (JSON lines) in place of the sandbox's own. */
  corpus?: string | undefined;
  /** Settings for single processes, over everything else. */
  env?: Partial<Record<'api' | 'worker' | 'sandbox', Environment>>;
  restartCrashed?: boolean;
  /** Restart web app and worker whenever a source file changes. */
  watch?: boolean;
  say?: Say;
  /** Gives up starting, and stops what had been started. */
  signal?: AbortSignal;
}

export interface Stack {
  urls: { api: string; sandbox: string | null; temporal: string; temporalUi: string; mongodb: string };
  /** Ports that were wanted but taken by somebody else. */
  busyPorts: Partial<StackPorts>;
  /** Where each server came from, for people: `configured by TEMPORAL_ADDRESS`, a path, a package. */
  origins: { temporal: string; mongodb: string };
  /** The local administrator; `password` only where this start has just made the account. */
  account: LocalAccount | null;
  /** What to enter as Docs API key while the sandbox plays Help Scout. */
  sandboxDocsApiKey: string | null;
  /** The variables that web app and worker were started with: secrets among them. */
  environment: Environment;
  processes: ReadonlyMap<StackProcessName, SupervisedProcess>;
  /** Stops the process, if it runs, and starts it again; resolves once it is ready. */
  restart(name: StackProcessName): Promise<void>;
  /** Sends a signal and waits for the process to end; it stays down until `restart`. */
  kill(name: StackProcessName, signal: NodeJS.Signals): Promise<void>;
  /** Ends everything that was started, last started first. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts everything that makes up the product on this machine: databases, sandbox, worker, web app; resolves once the
 * web app's `/healthz` says that all of it is there. When anything fails, nothing is left running.
 * @throws AlreadyRunning, ServerNotFound, ProcessFailed, SearchAttributesMissing
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, environment, signal, say = () => undefined, restartCrashed = false, watch = false } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const group = await createProcessGroup<StackProcessName>({ dataDir, restartCrashed, say, signal });
  try {
    const ports = await choosePorts(options.ports);
    const busyPorts = portsNotGot(options.ports, ports);
    const secrets = await localSecrets(dataDir);
    const install = { localDir: LOCAL_DIR, environment, say };
    const host = environment.HOST || '127.0.0.1';
    const publicUrl = (environment.PUBLIC_URL || `http://127.0.0.1:${ports.api}`).replace(/\/$/, '');
    const temporalAddress = environment.TEMPORAL_ADDRESS || `127.0.0.1:${ports.temporal}`;
    const namespace = environment.TEMPORAL_NAMESPACE || 'default';
    const mongodbUri = environment.MONGODB_URI || `mongodb://127.0.0.1:${ports.mongodb}/helpscout-insights`;
    const sandboxUrl = options.sandbox ? `http://127.0.0.1:${ports.sandbox}` : null;
    const origins = { temporal: 'configured by TEMPORAL_ADDRESS', mongodb: 'configured by MONGODB_URI' };

    await group.describe({ url: publicUrl, mongodbUri, temporalAddress });

    const startMongodb = async () => {
      if (environment.MONGODB_URI) return void (await answersPing(mongodbUri, 10_000));
      const server = await findMongodb(dataDir, install);
      origins.mongodb = server.origin;
      await group.launch('mongodb', await mongodbSpec({ server, dataDir, port: ports.mongodb, environment }));
    };
    const startTemporal = async () => {
      if (environment.TEMPORAL_ADDRESS) return checkTemporal(temporalAddress, namespace, say);
      const server = await findTemporal(install);
      origins.temporal = server.origin;
      const at = { port: ports.temporal, uiPort: ports.temporalUi };
      const codecEndpoint = `${publicUrl}${codecPath(environment.ENCRYPTION_KEYS || secrets.ENCRYPTION_KEYS)}`;
      await group.launch('temporal', temporalSpec({ server, dataDir, ...at, codecEndpoint, environment }));
      await setRetention(temporalAddress);
    };
    await allSettledOrThrow([startMongodb(), startTemporal()]);

    const account = await ensureAccount(mongodbUri);

    const temporalUiUrl = environment.TEMPORAL_UI_URL || `http://127.0.0.1:${ports.temporalUi}`;
    const addresses = { publicUrl, host, port: ports.api, sandboxUrl, temporalAddress, temporalUiUrl, mongodbUri };
    const app = appEnvironment(environment, addresses, secrets);
    const service = (env: Environment) => ({ dataDir, env, watch });
    const apiUrl = `http://127.0.0.1:${ports.api}`;
    const startSandbox = async () => {
      if (!sandboxUrl) return;
      const sandbox = { dataDir, port: ports.sandbox, publicUrl, corpus: options.corpus };
      const env = { ...sandboxEnvironment(environment, sandbox, secrets), ...options.env?.sandbox };
      await group.launch('sandbox', sandboxSpec(service(env), sandboxUrl));
    };
    const temporal = { address: temporalAddress, namespace };
    // None of them needs another one to start; the order here is the one that stopping reverses.
    await allSettledOrThrow([
      startSandbox(),
      group.launch('worker', workerSpec(service({ ...workerEnvironment(app), ...options.env?.worker }), temporal)),
      group.launch('api', apiSpec(service({ ...app, ...options.env?.api }), apiUrl)),
    ]);
    return {
      urls: {
        api: publicUrl,
        sandbox: sandboxUrl,
        temporal: temporalAddress,
        temporalUi: temporalUiUrl,
        mongodb: mongodbUri,
      },
      busyPorts,
      origins,
      account,
      sandboxDocsApiKey: sandboxUrl && secrets.SANDBOX_DOCS_API_KEY,
      environment: app,
      processes: group.processes,
      restart: (name) => group.get(name).restart(),
      kill: (name, how) => group.get(name).kill(how),
      stop: group.stop,
    };
  } catch (error) {
    await group.stop();
    throw error;
  }
}

async function choosePorts(wanted: StackPorts): Promise<StackPorts> {
  return {
    api: await choosePort(wanted.api),
    sandbox: await choosePort(wanted.sandbox),
    temporal: await choosePort(wanted.temporal),
    temporalUi: await choosePort(wanted.temporalUi),
    mongodb: await choosePort(wanted.mongodb),
  };
}

/** Those of the wanted ports that somebody else has; 0 wants none in particular. */
function portsNotGot(wanted: StackPorts, got: StackPorts): Partial<StackPorts> {
  const names = ['api', 'sandbox', 'temporal', 'temporalUi', 'mongodb'] as const;
  const missed = names.filter((name) => wanted[name] !== 0 && wanted[name] !== got[name]);
  return Object.fromEntries(missed.map((name) => [name, wanted[name]]));
}

/** Waits for all before it throws, so that nothing is still starting while the rest is being stopped. */
async function allSettledOrThrow(work: Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(work);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
