import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { ClassifierIdentity } from '../domain/insight.ts';
import type { KeyRing } from '../security/key-ring.ts';
import type { Storage } from '../storage/storage.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { EventBatcher } from './webhooks/event-batcher.ts';

/** What `createApp` is given. */
export interface AppDeps {
  config: Config;
  storage: Storage;
  temporal: Client;
  keyRing: KeyRing;
  logger: Logger;
  now: () => Date;
  /** Who classifies in this installation: every page says so. */
  classifierIdentity: ClassifierIdentity;
  /** Where requests are counted; absent: nowhere. */
  metrics?: Metrics;
  /** Whether the process was told to stop; absent: it never is. */
  stopping?: () => boolean;
}

/** What endpoints are built from. */
export interface Deps extends AppDeps {
  batcher: EventBatcher;
  signInLimit: SignInLimit;
}

/** Counts failed sign-ins, over all processes. */
export interface SignInLimit {
  /** Counts one try. @throws RequestProblem 429 when there were too many. */
  count(address: string, email: string): Promise<void>;
  /** Forgets the tries of an address of e-mail that signed in. */
  forgive(address: string, email: string): Promise<void>;
}
