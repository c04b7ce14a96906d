import {
  type ConnectionFacts,
  mailboxText,
  quietHourText,
  reconnectText,
  scanText,
  webhookText,
} from './connection-alerts.ts';
import { type Drift, driftText } from './drift.ts';
import { ALERT_RULES, type AlertRule } from './notification.ts';
import type { OrganizationSettings } from './organization-settings.ts';
import type { SyncEventType } from './sync-event.ts';

/** Rows of something that came from or went to Help Scout; the others tell of the integration itself. */
export const TRAFFIC_TYPES: readonly SyncEventType[] = [
  'ticketCreated',
  'customerSynced',
  'customerUpdated',
  'conversationSynced',
  'conversationUpdated',
];

/** Fewer outcomes than this say nothing about a rate. */
export const FEWEST_FOR_A_RATE = 10;
/** A rate that has fallen has recovered once it is this much above the limit: else it might fall and rise all day. */
const RECOVERED_BY_PERCENT = 0.5;
/** Used this part of a minute's calls, the next busy moment will have to wait. */
export const HIGH_USE = 0.8;
const HOUR_MS = 3_600_000;

/** What the rules look at. */
export interface AlertFacts {
  now: Date;
  /** Rows of the last 24 hours that ended, by how. */
  outcomes: { succeeded: number; failed: number };
  /** Rows of tickets that failed and wait for a decision, newest first. */
  failedTickets: readonly string[];
  /** When something last came from or went to Help Scout, or the connection began; null where nothing is connected. */
  lastTrafficAt: Date | null;
  /** The highest use of a minute in the last minutes, all apps together, as a part of the limit. */
  highestUse: number;
  /** Shares of categories that are far from usual (drift.ts). */
  drifts: readonly Drift[];
  connections: ConnectionFacts;
}

/** A rule that is broken: what to tell, and about which single things. */
export interface Broken {
  text: string;
  about: readonly string[];
}

type Rules = OrganizationSettings['alerts'];

const CHECKS: Record<AlertRule, (rules: Rules, facts: AlertFacts, isActive: boolean) => Broken | null> = {
  successRate({ successRate: { percent } }, { outcomes: { succeeded, failed } }, isActive) {
    const ended = succeeded + failed;
    const wanted = Math.min(100, isActive ? percent + RECOVERED_BY_PERCENT : percent);
    const rate = (succeeded / ended) * 100;
    if (ended < FEWEST_FOR_A_RATE || rate >= wanted) return null;
    const shown = Math.floor(rate * 10) / 10;
    return broken(`${shown} % of the last 24 hours’ syncs worked, which is below ${percent} %: ${failed} failed.`);
  },
  failedTicket(_rules, { failedTickets }) {
    if (failedTickets.length === 0) return null;
    const text =
      failedTickets.length === 1
        ? 'A ticket did not reach Help Scout and waits for a decision.'
        : `${failedTickets.length} tickets did not reach Help Scout and wait for a decision.`;
    return { text, about: failedTickets };
  },
  silence({ silence: { hours } }, { lastTrafficAt, now }) {
    if (lastTrafficAt === null || now.getTime() - lastTrafficAt.getTime() < hours * HOUR_MS) return null;
    return broken(`Nothing came from Help Scout or went there for ${hours} ${hours === 1 ? 'hour' : 'hours'}.`);
  },
  apiLimit(_rules, { highestUse }) {
    if (highestUse < HIGH_USE) return null;
    return broken(`${Math.floor(highestUse * 100)} % of the account’s calls in a minute were used, all apps together.`);
  },
  drift(_rules, { drifts }) {
    if (drifts.length === 0) return null;
    return broken(`What customers write about, or how it is read, has changed. ${drifts.map(driftText).join(' ')}`);
  },
  reconnect: (_rules, { connections }) => brokenIf(reconnectText(connections)),
  webhook: (_rules, { connections }) => brokenIf(webhookText(connections)),
  mailbox: (_rules, { connections }) => brokenIf(mailboxText(connections)),
  scan: (_rules, { connections }) => brokenIf(scanText(connections)),
  quietHour: (_rules, { connections }, isActive) => brokenIf(quietHourText(connections, isActive)),
};

const broken = (text: string): Broken => ({ text, about: [] });
const brokenIf = (text: string | null) => (text === null ? null : broken(text));

/** Rules that an organization may switch off; the others are always looked at. */
const CHOICES = ['successRate', 'failedTicket', 'silence', 'quietHour'] as const;

/** Whether the organization wants to hear of it. */
export function isWatched(rule: AlertRule, rules: Rules): boolean {
  const choice = CHOICES.find((one) => one === rule);
  return choice === undefined || rules[choice].on;
}

/** The rules that are broken by the facts. `active` are those that were at the last look. */
export function brokenRules(rules: Rules, facts: AlertFacts, active: ReadonlySet<AlertRule>): Map<AlertRule, Broken> {
  const found = new Map<AlertRule, Broken>();
  for (const rule of ALERT_RULES) {
    const is = isWatched(rule, rules) ? CHECKS[rule](rules, facts, active.has(rule)) : null;
    if (is) found.set(rule, is);
  }
  return found;
}

/** What to tell once a rule holds again. */
export const RECOVERED: Record<AlertRule, string> = {
  successRate: 'The share of syncs that work is back above the limit you set.',
  failedTicket: 'No failed ticket waits for a decision any more.',
  silence: 'Help Scout and we hear of each other again.',
  apiLimit: 'The account’s calls per minute are well below their limit again.',
  drift: 'The shares of categories are as usual again.',
  reconnect: 'Help Scout accepts our access again; what has waited is being worked off.',
  webhook: 'Our webhook at Help Scout works again.',
  mailbox: 'Help Scout shows every chosen mailbox again; what changed meanwhile is read with the next comparison.',
  scan: 'The scan goes on.',
  quietHour: 'Conversations come from Help Scout again.',
};
