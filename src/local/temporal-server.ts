import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { Environment, Executable, Say } from './executable.ts';
import { ensureSearchAttributes, searchAttributeNames } from './search-attributes.ts';
import type { ProcessSpec } from './supervised-process.ts';

/** Closed workflows stay readable this long; the dev server's default is one day. */
const RETENTION = '30 days';
const CONNECT_TIMEOUT_MS = 10_000;

/** The dev server's command line; its data is one SQLite file. */
export function temporalServerArgs({
  dataDir,
  port,
  uiPort,
  codecEndpoint,
}: {
  dataDir: string;
  port: number;
  uiPort: number;
  codecEndpoint: string;
}) {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
    // Histories are encrypted; Temporal Web asks the web app to decrypt what it shows.
    ...['--ui-codec-endpoint', codecEndpoint],
    ...['--db-filename', join(dataDir, 'temporal.sqlite'), '--log-level', 'warn', '--ui-disable-news-fetch'],
    // Three times faster than SQLite's defaults, and as safe against a crash of the process.
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
    ...['--dynamic-config-value', 'matching.enableFairness=true'],
    ...searchAttributeNames.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
  ];
}

/** The dev server with its Web UI, as a process to supervise. */
export function temporalSpec(options: {
  server: Executable;
  dataDir: string;
  port: number;
  uiPort: number;
  codecEndpoint: string;
  environment: Environment;
}): ProcessSpec {
  const { server, dataDir, environment } = options;
  return {
    name: 'temporal',
    command: server.command,
    args: temporalServerArgs(options),
    env: { ...environment, ...server.env },
    logFile: join(dataDir, 'logs', 'temporal.log'),
    isReady: () =>
      withTemporal(`127.0.0.1:${options.port}`, async (connection) => {
        await connection.workflowService.describeNamespace({ namespace: 'default' });
        return true;
      }),
    readyTimeoutMs: 60_000,
    stopTimeoutMs: 10_000,
  };
}

/** Gives the dev server's namespace the retention that retrying and rebuilding the log need. */
export async function setRetention(address: string): Promise<void> {
  await withTemporal(address, (connection) =>
    connection.workflowService.updateNamespace({
      namespace: 'default',
      config: { workflowExecutionRetentionTtl: msToTs(RETENTION) },
    }),
  );
}

/**
 * Makes sure that a server we did not start is there and has our search attributes.
 * @throws SearchAttributesMissing, or an error that names the address when nothing answers there.
 */
export async function checkTemporal(address: string, namespace: string, say: Say): Promise<void> {
  await withTemporal(address, (connection) => ensureSearchAttributes(connection, namespace, say)).catch((error) => {
    if (error instanceof Error && error.name === 'SearchAttributesMissing') throw error;
    throw new Error(`Temporal at ${address} (TEMPORAL_ADDRESS), namespace ${namespace}, cannot be used: ${error}`);
  });
}

async function withTemporal<T>(address: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
