import type { Classifier } from '../classify/classifier.ts';
import type { MessageBatches } from '../classify/message-batches.ts';
import type { SameIssueJudge } from '../classify/same-issue.ts';
import type { Category } from '../domain/category.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import type { MailSettings } from '../notify/mailer.ts';
import type { KeyRing } from '../security/key-ring.ts';
import type { OrganizationModelInForce } from '../storage/organization-models.ts';
import type { Storage } from '../storage/storage.ts';

/** An organization's own offline model: what is in it is the classifier's business. */
export type OwnModel = Pick<OrganizationModelInForce, 'basedOn' | 'model'> &
  Partial<Pick<OrganizationModelInForce, 'key'>>;

/** Trains from texts and the categories that people gave them; the same always gives the same. The result is plain JSON. */
export type Retrain = (cases: readonly { subject: string; text: string; category: Category }[]) => Promise<unknown>;

/** What activities are made of; the worker's main.ts builds it, tests build their own. */
export interface ActivityDeps {
  storage: Storage;
  keyRing: KeyRing;
  /** Who classifies under an organization's settings; `own` is the offline model that it trained, if it did. */
  classifierOf: (settings: OrganizationSettings['insights'], own?: OwnModel | null) => Classifier;
  /** Message Batches under an organization's settings; null where nobody is paid for an answer. */
  messageBatchesOf: (settings: OrganizationSettings['insights']) => MessageBatches | null;
  /** Who says whether two patterns are the same; null or absent: nobody, people are asked. */
  sameIssueOf?: (settings: OrganizationSettings['insights']) => SameIssueJudge | null;
  /** Trains an organization's own model on top of the shipped weights; absent: this installation cannot. */
  retrain?: Retrain;
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
  /** By whom e-mail to members is sent; absent: this installation sends none. */
  mail?: MailSettings | null;
  /** Whether notifications may go to addresses of this machine, for the sandbox and development. */
  localUrlsAllowed?: boolean;
  now: () => Date;
}
