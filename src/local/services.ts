import { join, resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { TASK_QUEUE } from '../workflows/contract.ts';
import type { Environment } from './executable.ts';
import { PROJECT_DIR } from './paths.ts';
import type { ProcessSpec } from './supervised-process.ts';

/** Temporal's number for a task queue's workflow side. */
const WORKFLOW_QUEUE = 1;

export interface ServiceOptions {
  dataDir: string;
  env: Environment;
  /** Start again whenever a source file changes. */
  watch: boolean;
}

/** The Help Scout that runs here. */
export function sandboxSpec(options: ServiceOptions, url: string): ProcessSpec {
  return { ...nodeSpec('sandbox', options), isReady: () => answers(`${url}/_control/calls`) };
}

/** The web app; ready once it says that all parts of the system are. */
export function apiSpec(options: ServiceOptions, url: string): ProcessSpec {
  return { ...nodeSpec('api', options), isReady: () => answers(`${url}/healthz`) };
}

/** The worker; ready once Temporal has seen it ask for work. */
export function workerSpec(options: ServiceOptions, temporal: { address: string; namespace: string }): ProcessSpec {
  let askedSinceMs = Date.now();
  let askedFor = 0;
  return {
    ...nodeSpec('worker', options),
    async isReady(pid) {
      if (pid !== askedFor) {
        askedFor = pid;
        askedSinceMs = Date.now();
      }
      return hasPollerSince(temporal, askedSinceMs);
    },
  };
}

function nodeSpec(name: 'sandbox' | 'api' | 'worker', { dataDir, env, watch }: ServiceOptions) {
  return {
    name,
    command: process.execPath,
    args: nodeArgs(name, watch, env.BUILT_DIR),
    env,
    logFile: join(dataDir, 'logs', `${name}.log`),
    readyTimeoutMs: 90_000,
    // The worker gives activities 20 s to finish, and 5 s more to end.
    stopTimeoutMs: 32_000,
  };
}

/** From the sources; or from a build of them in BUILT_DIR, which starts three seconds sooner: tests start many. */
function nodeArgs(name: string, watch: boolean, built: string | undefined): string[] {
  const main = resolve(PROJECT_DIR, 'src', name, 'main.ts');
  if (watch) return [resolve(PROJECT_DIR, 'node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', main];
  return built ? ['--enable-source-maps', resolve(built, name, 'main.js')] : ['--import', 'tsx', main];
}

async function answers(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
  await response.arrayBuffer();
  return response.status === 200;
}

async function hasPollerSince(temporal: { address: string; namespace: string }, sinceMs: number): Promise<boolean> {
  const connection = await Connection.connect({ address: temporal.address });
  try {
    const queue = await connection.workflowService.describeTaskQueue({
      namespace: temporal.namespace,
      taskQueue: { name: TASK_QUEUE },
      taskQueueType: WORKFLOW_QUEUE,
    });
    return (queue.pollers ?? []).some((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1000 >= sinceMs - 1000);
  } finally {
    await connection.close();
  }
}
