import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { createLogger } from '../../src/api/logger.ts';
import { type RunningServer, startServer } from '../../src/api/server.ts';
import { connectionOptions } from '../../src/api/temporal/connection-options.ts';
import { loadConfig } from '../../src/config.ts';
import type { Role } from '../../src/domain/roles.ts';
import { createKeyRing } from '../../src/security/key-ring.ts';
import { hashPassword } from '../../src/security/passwords.ts';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { type Browser, createBrowser } from './browser.ts';
import { type Databases, useMongodb } from './mongodb.ts';
import { shared } from './shared.ts';
import type { Temporal } from './temporal.ts';

export const PASSWORD = 'a long test password';

/** The real web app on a free port. Without `temporal` there is none, as when it is down. */
export async function startWebApp(options: {
  mongodbUri: string;
  temporal?: Client;
  environment?: Record<string, string>;
}) {
  const config = loadConfig({
    PORT: '0',
    LOG_LEVEL: 'trace',
    MONGODB_URI: options.mongodbUri,
    HELPSCOUT_APP_ID: 'app-id',
    HELPSCOUT_SECURE_URL: 'https://secure.helpscout.example',
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
    SESSION_SECRET: randomBytes(32).toString('base64'),
    ...options.environment,
  });
  const storage = await connectStorage(options.mongodbUri);
  const keyRing = createKeyRing(config.encryptionKeys);
  const unreachable = options.temporal ? null : Connection.lazy(connectionOptions('127.0.0.1:1'));
  const temporal = options.temporal ?? new Client({ ...(unreachable && { connection: unreachable }) });
  const logLines: string[] = [];
  let time: Date | null = null;
  const server: RunningServer = await startServer({
    config,
    storage,
    temporal,
    keyRing,
    logger: createLogger('trace', { write: (line) => void logLines.push(line) }),
    now: () => time ?? new Date(),
    classifierIdentity: { kind: 'offline', model: 'test' },
  }).catch(async (error: unknown) => {
    await storage.close();
    throw error;
  });
  const origin = `http://127.0.0.1:${server.port}`;

  return {
    origin,
    config,
    storage,
    keyRing,
    logLines,
    browser: () => createBrowser(origin),
    /** Stops the app's clock at a time. */
    setTime(at: Date | null) {
      time = at;
    },
    async stop() {
      await server.close();
      await unreachable?.close();
      await storage.connection.dropDatabase();
      await storage.close();
    },
  };
}
export type WebApp = Awaited<ReturnType<typeof startWebApp>>;

/** The web app with a database of its own, for the tests of the surrounding `describe`. */
export function useWebApp({
  mongodb = useMongodb(),
  temporal,
  environment,
}: {
  mongodb?: Databases;
  temporal?: Temporal;
  environment?: Record<string, string>;
} = {}): WebApp {
  return shared(async (thenStop) => {
    const app = await startWebApp({
      mongodbUri: mongodb.newDatabase(),
      ...(temporal && { temporal: temporal.client }),
      ...(environment && { environment }),
    });
    thenStop(app.stop);
    return app;
  });
}

/** An organization with one member of a role. */
export async function addOrganization(storage: Storage, name: string, role: Role = 'administrator') {
  const { organizationId } = await storage.organizations.create({ name, timeZone: 'Europe/Berlin' });
  const email = `${role}@${name.toLowerCase()}.example`;
  const member = await addMember(storage, organizationId, email, role);
  return { organizationId, email, member };
}

export async function addMember(storage: Storage, organizationId: string, email: string, role: Role) {
  const passwordHash = await hashPassword(PASSWORD);
  const member = await storage.members.create(organizationId, { name: `The ${role}`, email, role, passwordHash });
  if (!member) throw new Error(`${email} exists already`);
  return member;
}

/** A browser in which somebody has signed in. */
export async function signIn(app: WebApp, email: string): Promise<Browser> {
  const browser = app.browser();
  const answer = await browser.submit('/sign-in', { email, password: PASSWORD });
  if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`);
  return browser;
}
