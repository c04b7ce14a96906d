import type { Classifier } from '../classify/classifier.ts';
import type { KeyRing } from '../security/key-ring.ts';
import type { Storage } from '../storage/storage.ts';

/** What activities are made of; the worker's main.ts builds it, tests build their own. */
export interface ActivityDeps {
  storage: Storage;
  keyRing: KeyRing;
  classifier: Classifier;
  helpScout: {
    apiUrl: string;
    docsUrl: string;
    appId: string;
    appSecret: string;
    /** Calls a minute, until Help Scout's headers tell the account's own number. */
    callsPerMinute: number;
  };
  /** Where Help Scout reaches us: webhooks are delivered below it. */
  publicUrl: string;
  now: () => Date;
}
