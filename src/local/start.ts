import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DATA_DIR, PROJECT_DIR } from './paths.ts';
import { runUntilSignal } from './run-until-signal.ts';
import { DEFAULT_PORTS, startStack } from './stack.ts';
import { describeStack } from './stack-table.ts';

const dotEnv = resolve(PROJECT_DIR, '.env');
if (existsSync(dotEnv)) process.loadEnvFile(dotEnv);
const environment = process.env;

const watch = process.argv.includes('--watch');
const portOf = (value: string | undefined, otherwise: number) => (value ? Number(value) : otherwise);

await runUntilSignal(async (signal) => {
  const startedAtMs = Date.now();
  const stack = await startStack({
    dataDir: DATA_DIR,
    ports: {
      ...DEFAULT_PORTS,
      api: portOf(environment.PORT, DEFAULT_PORTS.api),
      sandbox: portOf(environment.SANDBOX_PORT, DEFAULT_PORTS.sandbox),
    },
    environment,
    sandbox: !environment.HELPSCOUT_APP_ID,
    restartCrashed: true,
    watch,
    say: console.log,
    signal,
  });
  console.log(describeStack(stack, { dataDir: DATA_DIR, startedInMs: Date.now() - startedAtMs }));
  return stack;
});
