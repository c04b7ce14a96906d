import { join } from 'node:path';
import type { Environment } from './executable.ts';
import type { LocalSecrets } from './secrets.ts';

/** Where Help Scout sends people back to after they agreed; the sandbox accepts no other address. */
export const OAUTH_CALLBACK_PATH = '/oauth/helpscout/callback';
const SANDBOX_APP_ID = 'sandbox-app';

export interface Addresses {
  publicUrl: string;
  host: string;
  port: number;
  /** Null where a real Help Scout account is configured. */
  sandboxUrl: string | null;
  temporalAddress: string;
  temporalUiUrl: string;
  mongodbUri: string;
}

/** The variables of src/config.ts for api and worker, over what the stack itself was given. */
export function appEnvironment(base: Environment, addresses: Addresses, secrets: LocalSecrets): Environment {
  const { sandboxUrl } = addresses;
  return {
    ...base,
    HOST: addresses.host,
    PORT: String(addresses.port),
    PUBLIC_URL: addresses.publicUrl,
    TEMPORAL_ADDRESS: addresses.temporalAddress,
    TEMPORAL_UI_URL: addresses.temporalUiUrl,
    MONGODB_URI: addresses.mongodbUri,
    ENCRYPTION_KEYS: base.ENCRYPTION_KEYS || secrets.ENCRYPTION_KEYS,
    SESSION_SECRET: base.SESSION_SECRET || secrets.SESSION_SECRET,
    ...(sandboxUrl && {
      SANDBOX_URL: sandboxUrl,
      HELPSCOUT_APP_ID: SANDBOX_APP_ID,
      HELPSCOUT_APP_SECRET: secrets.SANDBOX_APP_SECRET,
      HELPSCOUT_API_URL: sandboxUrl,
      HELPSCOUT_SECURE_URL: sandboxUrl,
      HELPSCOUT_DOCS_URL: sandboxUrl,
      HELPSCOUT_STATUS_URL: `${sandboxUrl}/status/api/v2/summary.json`,
    }),
  };
}

/** The worker's variables: on the same machine it offers its metrics on the port after the web app's. */
export function workerEnvironment(app: Environment): Environment {
  const port = Number(app.METRICS_PORT ?? 0);
  return port === 0 ? app : { ...app, METRICS_PORT: String(port + 1) };
}

/** The sandbox's variables; it knows the same app and secret as the web app. */
export function sandboxEnvironment(
  base: Environment,
  sandbox: { dataDir: string; port: number; publicUrl: string; corpus: string | undefined },
  secrets: LocalSecrets,
): Environment {
  return {
    ...base,
    SANDBOX_HOST: '127.0.0.1',
    SANDBOX_PORT: String(sandbox.port),
    SANDBOX_DATA_DIR: join(sandbox.dataDir, 'sandbox'),
    SANDBOX_CORPUS: sandbox.corpus ?? base.SANDBOX_CORPUS,
    SANDBOX_APP_ID,
    SANDBOX_APP_SECRET: secrets.SANDBOX_APP_SECRET,
    SANDBOX_DOCS_API_KEY: secrets.SANDBOX_DOCS_API_KEY,
    SANDBOX_REDIRECT_URL: `${sandbox.publicUrl}${OAUTH_CALLBACK_PATH}`,
  };
}

/** Every variable that names a server, an account or a secret of an installation. */
const INSTALLATION =
  /^(TEMPORAL_(ADDRESS|NAMESPACE|UI_URL)|MONGODB_URI|HELPSCOUT_.*|SANDBOX_.*|HOST|PORT|PUBLIC_URL|TRUST_PROXY|ENCRYPTION_KEYS|SESSION_SECRET|METRICS_.*|OTEL_.*|WORKER_.*)$/;

/** The environment without any installation's settings: for a temporary stack that must not touch a real one. */
export function temporaryEnvironment(base: Environment): Environment {
  return Object.fromEntries(Object.entries(base).filter(([name]) => !INSTALLATION.test(name)));
}
