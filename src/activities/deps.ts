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
    /** Where people read conversations; absent: at Help Scout itself. */
    secureUrl?: string;
    appId: string;
    appSecret: string;
    /** Where Help Scout says how it is; absent: nobody is asked. */
    statusUrl?: string;
    /** Calls a minute, until Help Scout's headers tell the account's own number. */
    callsPerMinute: number;
    /** For an answer to a single call; absent: as the client has it. */
    timeoutMs?: number;
    /** How much later than it was written a conversation may be seen in lists: before, a search proves nothing. */
    searchLagMs?: number;
    /** How far Help Scout's clock may be from ours; absent: ten minutes. */
    clockDifferenceMs?: number;
  };
  /** Where Help Scout reaches us: webhooks are delivered below it. */
  publicUrl: string;
  now: () => Date;
}
