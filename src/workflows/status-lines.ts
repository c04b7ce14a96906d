import { type IntegrationSituation, situationLine, utcMoment, waitingFor } from '../domain/integration-situation.ts';
import { lastingWaits } from '../domain/integration-wait.ts';
import type { IntegrationMemory } from './integration-memory.ts';

export { scanLine } from '../domain/scan-line.ts';

/** What an integration's line is made of, as it stands now. */
export function situationOf(memory: IntegrationMemory): IntegrationSituation {
  const { state, scan, pending, token, waitingForBudget = [], waiting, scanQueue = [] } = memory;
  const remembered = waitingForBudget.reduce((sum, { conversationIds }) => sum + conversationIds.length, 0);
  const conversations = remembered + (waiting?.count ?? 0);
  const dueAtMs = [...waitingForBudget, ...(waiting ? [waiting] : [])].map((item) => item.dueAtMs);
  return {
    state,
    sinceMs: memory.stateSinceMs ?? null,
    mailboxes: memory.mailboxIds.length,
    scan,
    mailboxesToScan: new Set(scanQueue.flatMap(({ mailboxIds }) => mailboxIds)).size,
    pending: pending.length,
    waits: lastingWaits(memory.waits ?? [], Date.now()),
    pausedBy: memory.pausedBy ?? null,
    accessEndsAtMs: token?.expiresAtMs ?? null,
    askedUntilMs: memory.reconciledUntilMs,
    budget: conversations > 0 ? { conversations, untilMs: Math.min(...dueAtMs) } : null,
    webhooksOff: memory.webhooksOffSinceMs == null ? null : { sinceMs: memory.webhooksOffSinceMs },
  };
}

/** What an integration does now, or why it waits, in one line; times are UTC. */
export const integrationLine = (memory: IntegrationMemory): string =>
  situationLine(situationOf(memory), { nowMs: Date.now(), at: utcMoment });

/** The same as one word, for searching. */
export const integrationWaitsFor = (memory: IntegrationMemory): string => waitingFor(situationOf(memory));
