import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTemporal } from '../../src/local/find-temporal.ts';
import { SEARCH_ATTRIBUTES } from '../../src/workflows/contract.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { shared } from './shared.ts';

const install = { localDir: join(import.meta.dirname, '../../.local'), environment: process.env, say: () => undefined };

/** Temporal's command line program: the one that `npm test` found, or found (and installed) now. */
export const temporalCli = async (): Promise<string> =>
  process.env.TEMPORAL_CLI ?? (await findTemporal(install)).command;

/** Temporal's dev server, with our search attributes, on a free port and in memory. */
export async function startTemporal(): Promise<TestWorkflowEnvironment> {
  quietRuntime();
  const path = await temporalCli();
  const attributes = Object.values(SEARCH_ATTRIBUTES).flatMap(({ name }) => ['--search-attribute', `${name}=Keyword`]);
  const start = () =>
    TestWorkflowEnvironment.createLocal({
      server: {
        executable: { type: 'existing-path', path },
        extraArgs: attributes,
        log: { level: 'error', format: 'json' },
      },
    });
  // It is given up after five seconds, which a machine that is busy otherwise may need.
  return start().catch(start);
}

/** What tests need of a Temporal that is started and stopped for them. */
export type Temporal = Pick<TestWorkflowEnvironment, 'client' | 'nativeConnection'>;

/** Temporal's dev server for the tests of the surrounding `describe`. */
export function useTemporal(): Temporal {
  return shared(async (thenStop) => {
    const env = await startTemporal();
    thenStop(() => env.teardown());
    const { client, nativeConnection } = env;
    return { client, nativeConnection };
  });
}
