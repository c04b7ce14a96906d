import type { IntegrationState, ScanProgress } from './integration.ts';
import type { IntegrationWait } from './integration-wait.ts';
import { scanCounts, scanLine } from './scan-line.ts';
import { type SyncErrorCode, syncErrorCodeSchema } from './sync-error.ts';
import { SYNC_ERROR_TEXT } from './sync-error-text.ts';

/** Everything that the line about an integration is made of. Epoch milliseconds; plain JSON. */
export interface IntegrationSituation {
  state: IntegrationState;
  /** When it came into that state; null where that is not known. */
  sinceMs: number | null;
  /** How many are read. */
  mailboxes: number;
  scan: ScanProgress | null;
  /** Mailboxes that are scanned after the scan under way. */
  mailboxesToScan: number;
  /** Changed conversations that wait to be read. */
  pending: number;
  waits: readonly IntegrationWait[];
  /** Who paused it; null where that is not known. */
  pausedBy: string | null;
  accessEndsAtMs: number | null;
  /** Up to when Help Scout was asked what changed. */
  askedUntilMs: number | null;
  /** Read, and waiting for another day's money. */
  budget: { conversations: number; untilMs: number } | null;
  /** Help Scout does not tell us of changes; null: it does, as far as we know. */
  webhooksOff: { sinceMs: number | null } | null;
}

/** How moments are written, and what counts as the past. */
export interface LineClock {
  nowMs: number;
  at: (ms: number) => string;
}

/** Moments with date and zone, for where nobody's zone is known: `2026-11-12 14:05 UTC`. */
export const utcMoment = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What an integration does, or why it waits, in one line: on its page, in Temporal Web, and in the API. */
export function situationLine(situation: IntegrationSituation, clock: LineClock): string {
  const parts = [...leading(situation, clock), ...following(situation, clock)];
  return parts.join('; ');
}

/** What an integration waits for, as one word to search by; `nothing` while it works. */
export function waitingFor(situation: IntegrationSituation): string {
  const { state, waits, scan, budget, webhooksOff } = situation;
  if (state === 'connecting') return 'connection';
  if (state === 'awaitingMailboxes') return 'mailboxes';
  if (state === 'paused') return 'resume';
  if (state === 'needsReauthorization') return 'reconnect';
  if (state === 'disconnected') return 'nothing';
  const [wait] = waits;
  const ofScan = state === 'scanning' && scan?.state === 'waiting' ? scan.waitingFor : null;
  return wait?.code ?? ofScan ?? (budget ? 'costCapReached' : webhooksOff ? 'webhooks' : 'nothing');
}

/** What there is to say first. */
function leading(situation: IntegrationSituation, clock: LineClock): string[] {
  const { state, mailboxes, scan, sinceMs, pausedBy, waits } = situation;
  const since = sinceMs === null ? '' : ` since ${clock.at(sinceMs)}`;
  switch (state) {
    case 'connecting':
      return ['Connecting to Help Scout'];
    case 'awaitingMailboxes':
      return ['Connected; waiting for mailboxes to be chosen'];
    case 'scanning':
      if (waits.length > 0)
        return [...waits.map((wait) => waitWords(wait, clock)), ...(scan ? [scanCounts(scan)] : [])];
      return [scan ? `Scanning: ${scanLine(scan)}` : 'Starting the scan'];
    case 'live':
      return [
        ...waits.map((wait) => waitWords(wait, clock)),
        `Following ${mailboxes} ${mailboxes === 1 ? 'mailbox' : 'mailboxes'}`,
      ];
    case 'paused':
      return [`Paused${pausedBy ? ` by ${pausedBy}` : ''}${since}`];
    case 'needsReauthorization':
      return [`Reconnect needed${since}: ${reconnectWords(situation, clock)}`];
    case 'disconnected':
      return ['Disconnected'];
  }
}

/** What is worth knowing besides. */
function following(situation: IntegrationSituation, clock: LineClock): string[] {
  const { state, pending, mailboxesToScan, budget, webhooksOff } = situation;
  if (['connecting', 'awaitingMailboxes', 'disconnected'].includes(state)) return [];
  const atRest = state === 'paused' || state === 'needsReauthorization';
  const quiet = atRest ? 'wait' : 'wait for quiet';
  return [
    ...(mailboxesToScan > 0
      ? [`${mailboxesToScan} more ${mailboxesToScan === 1 ? 'mailbox' : 'mailboxes'} to scan`]
      : []),
    ...(pending > 0 ? [`${count(pending)} ${pending === 1 ? quiet.replace('wait', 'waits') : quiet}`] : []),
    ...(budget
      ? [
          `${count(budget.conversations)} not classified: the day’s cost cap is reached, until ${clock.at(budget.untilMs)}`,
        ]
      : []),
    ...(webhooksOff && !atRest
      ? [
          `webhooks off${webhooksOff.sinceMs === null ? '' : ` since ${clock.at(webhooksOff.sinceMs)}`}: changes arrive with the regular check`,
        ]
      : []),
  ];
}

const count = (conversations: number) => `${conversations} ${conversations === 1 ? 'conversation' : 'conversations'}`;

/** One wait, with when it began or ends. */
export function waitWords(
  { code, sinceMs, untilMs }: Omit<IntegrationWait, 'source' | 'seenMs'>,
  clock: LineClock,
): string {
  if (code === 'rateLimited') {
    return untilMs !== null && untilMs > clock.nowMs
      ? `Rate limit until ${clock.at(untilMs)}`
      : `Rate limit since ${clock.at(sinceMs)}`;
  }
  return `${WAIT_TEXT[code] ?? SYNC_ERROR_TEXT[code].message.replace(/\.$/, '')} since ${clock.at(sinceMs)}`;
}

const WAIT_TEXT: Partial<Record<SyncErrorCode, string>> = {
  helpScoutUnavailable: 'Help Scout unavailable',
  timeout: 'Help Scout does not answer',
  authenticationFailed: 'Waiting for new access to Help Scout',
  classifierUnavailable: 'Classifier unavailable',
};

/** Whether a code is one that waits are told in. */
export const isWaitCode = (code: unknown): code is SyncErrorCode =>
  syncErrorCodeSchema.safeParse(code).success && (code === 'rateLimited' || Object.hasOwn(WAIT_TEXT, String(code)));

function reconnectWords({ accessEndsAtMs, askedUntilMs }: IntegrationSituation, clock: LineClock): string {
  const access =
    accessEndsAtMs === null
      ? 'Help Scout no longer accepts our access'
      : accessEndsAtMs > clock.nowMs
        ? `Help Scout refused to renew our access, which ends ${clock.at(accessEndsAtMs)}`
        : `our access ended ${clock.at(accessEndsAtMs)}`;
  const from = askedUntilMs === null ? '' : ` What changes from ${clock.at(askedUntilMs)} on is read then.`;
  return `${access}. Nothing is lost by waiting, but what is deleted in Help Scout before somebody reconnects is never read.${from}`;
}
