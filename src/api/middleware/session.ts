import { MongoStore } from 'connect-mongo';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { Config } from '../../config.ts';
import type { Storage } from '../../storage/storage.ts';
import type { Flash } from '../../ui/props.ts';

declare module 'express-session' {
  interface SessionData {
    organizationId?: string;
    memberId?: string;
    flash?: Flash;
  }
}

/** How long a session lasts without being used. */
const IDLE_MS = 12 * 3_600_000;
const COOKIE = 'helpscout-insights';

const cookieOptions = (config: Config) =>
  ({ httpOnly: true, sameSite: 'lax', secure: config.publicUrl.startsWith('https:'), path: '/' }) as const;

/** Sessions kept in MongoDB; the cookie holds nothing but the session's signed id. */
export function sessions({ config, storage }: { config: Config; storage: Storage }): {
  handler: RequestHandler;
  close: () => Promise<void>;
} {
  const store = MongoStore.create({
    client: storage.connection.getClient(),
    dbName: storage.connection.name,
    collectionName: 'sessions',
    ttl: IDLE_MS / 1000,
    // An unchanged session is written again once in this time, not on each request.
    touchAfter: 300,
    stringify: false,
  });
  const handler = session({
    name: COOKIE,
    secret: config.sessionSecret,
    store,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    proxy: config.trustProxy > 0,
    cookie: { ...cookieOptions(config), maxAge: IDLE_MS },
  });
  // The client belongs to the storage; only the store's collection set-up is waited for.
  return { handler, close: async () => void (await store.collectionP) };
}

/** Signs somebody in under a new session id, so that an id planted before signing in is worth nothing. */
export async function startSession(req: Request, who: { organizationId: string; memberId: string }): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error) => (error ? reject(error) : resolve()));
  });
  Object.assign(req.session, who);
}

/** Forgets who is signed in and everything else of the session; what follows belongs to a new one. */
export async function endSession(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error) => (error ? reject(error) : resolve()));
  });
}
