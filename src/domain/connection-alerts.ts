import { type HourCount, isQuiet, usualCount } from './quiet-hour.ts';
import { syncErrorCodeSchema } from './sync-error.ts';
import { SYNC_ERROR_TEXT } from './sync-error-text.ts';

/** What is looked at of an organization's connections. */
export interface ConnectionFacts {
  /** Accounts whose access ended. */
  reconnect: readonly string[];
  /** Webhooks that are not as they should be; the code says why they could not be put back, where that was tried. */
  webhooks: readonly { problem: 'missing' | 'disabled' | 'changed' | 'unheard'; errorCode: string | null }[];
  /** Names of chosen mailboxes that Help Scout does not show. */
  hiddenMailboxes: readonly string[];
  /** Why scans wait, as codes of the log. */
  waitingScans: readonly string[];
  /** The last hour that is over, of each live connection. */
  hours: readonly HourCount[];
}

export const NO_CONNECTION_FACTS: ConnectionFacts = {
  reconnect: [],
  webhooks: [],
  hiddenMailboxes: [],
  waitingScans: [],
  hours: [],
};

const WEBHOOK_IS = { missing: 'is missing', disabled: 'is switched off', changed: 'was changed' } as const;
const COMPARED = 'Conversations still come, with each regular comparison.';
const messageOf = (code: string) => SYNC_ERROR_TEXT[syncErrorCodeSchema.catch('internalError').parse(code)].message;

export const reconnectText = ({ reconnect: [account] }: ConnectionFacts): string | null =>
  account === undefined
    ? null
    : `Help Scout does not accept our access to ${account} any more. An administrator has to reconnect it; what comes meanwhile waits.`;

export function webhookText({ webhooks: [webhook] }: ConnectionFacts): string | null {
  if (!webhook) return null;
  const { problem, errorCode } = webhook;
  if (problem === 'unheard') {
    return `Conversations change and no webhook tells of them: make sure that Help Scout can reach this server. ${COMPARED}`;
  }
  const why =
    errorCode === null ? 'though it was put back lately' : `and could not be put back: ${messageOf(errorCode)}`;
  return `Our webhook at Help Scout ${WEBHOOK_IS[problem]}, ${why.replace(/\.?$/, '.')} ${COMPARED}`;
}

export function mailboxText({ hiddenMailboxes }: ConnectionFacts): string | null {
  if (hiddenMailboxes.length === 0) return null;
  const one = hiddenMailboxes.length === 1;
  return `Help Scout does not show ${one ? 'the mailbox' : 'the mailboxes'} ${hiddenMailboxes.join(', ')} any more: ${one ? 'it was' : 'they were'} deleted, or hidden from the connected user. Nothing is read from ${one ? 'it' : 'them'}.`;
}

export const scanText = ({ waitingScans: [code] }: ConnectionFacts): string | null =>
  code === undefined ? null : `The scan cannot go on: ${messageOf(code)}`;

/** Once quiet, it is over when something comes: in the small hours nobody can tell how much would be usual. */
export function quietHourText({ hours }: ConnectionFacts, isActive: boolean): string | null {
  const quiet = hours.find((hour) => isQuiet(hour) || (isActive && hour.count === 0));
  if (!quiet) return null;
  const count = quiet.count === 1 ? '1 conversation' : `${quiet.count} conversations`;
  return `${quiet.name}: ${count} changed at Help Scout, where ${Math.round(usualCount(quiet))} are usual at this hour of the week.`;
}
