import { ApplicationFailure } from '@temporalio/common';
import type { DiagnosisStep } from '../domain/diagnosis.ts';
import type { Integration } from '../domain/integration.ts';
import { syncErrorCodeSchema } from '../domain/sync-error.ts';
import { SYNC_ERROR_TEXT } from '../domain/sync-error-text.ts';
import { readMinute } from '../helpscout/rate-headers.ts';
import type { TimedAnswer } from '../helpscout/request.ts';
import { type HelpScoutWebhook, WEBHOOK_EVENTS, webhookDifferences } from '../helpscout/resources/webhook-wish.ts';

/** What one look has found, without the call's own times. */
export type Finding = Pick<DiagnosisStep, 'outcome' | 'result' | 'remedy'>;

/** Longer answers are worth a word, though they came. */
const SLOW_MS = 3_000;
/** More than this and times in the log cannot be compared with Help Scout's. */
const CLOCK_TOLERANCE_MS = 30_000;
/** Below this part of the minute left, something uses a lot. */
const FEW_LEFT = 0.2;

const REPAIR = 'Save the mailboxes again under Settings > Integrations: that makes or repairs our webhook.';

export const ok = (result: string): Finding => ({ outcome: 'ok', result, remedy: '' });
export const skipped = (result: string): Finding => ({ outcome: 'skipped', result, remedy: '' });

/** A call that did not work, in the words of the log. */
export function failureFinding(error: unknown): Finding & { code: string } {
  const code = syncErrorCodeSchema
    .catch('internalError')
    .parse(error instanceof ApplicationFailure ? error.type : undefined);
  const { message, remedy } = SYNC_ERROR_TEXT[code];
  const status = httpStatusIn(error);
  return {
    code,
    outcome: code === 'rateLimited' ? 'warning' : 'failed',
    result: status === null ? message : `${message} (HTTP ${status})`,
    remedy,
  };
}

/** What failures.ts puts beside an error. */
function httpStatusIn(error: unknown): number | null {
  const [detail] = error instanceof ApplicationFailure ? (error.details ?? []) : [];
  const status = typeof detail === 'object' && detail !== null && 'httpStatus' in detail ? detail.httpStatus : null;
  return typeof status === 'number' ? status : null;
}

/** An answer that came late is one, but not a good one. */
export function withLatency(finding: Finding, answers: readonly TimedAnswer[]): Omit<DiagnosisStep, 'check'> {
  const latencyMs = answers.length > 0 ? Math.max(...answers.map(tookMs)) : null;
  if (finding.outcome !== 'ok' || latencyMs === null || latencyMs <= SLOW_MS) return { ...finding, latencyMs };
  return {
    outcome: 'warning',
    result: `${finding.result} It took ${(latencyMs / 1000).toFixed(1)} s.`,
    remedy: 'Test again in some minutes. If it stays slow, see Help Scout’s status, or check this server’s network.',
    latencyMs,
  };
}

const tookMs = ({ sentAtMs, receivedAtMs }: TimedAnswer) => Math.max(0, receivedAtMs - sentAtMs);

/** Whether the chosen mailboxes can still be seen. */
export function mailboxFinding(visible: readonly { mailboxId: number }[], integration: Integration): Finding {
  const ids = new Set(visible.map(({ mailboxId }) => mailboxId));
  const missing = integration.selectedMailboxIds.filter((id) => !ids.has(id));
  if (missing.length > 0) {
    const names = missing.map((id) => integration.mailboxes.find(({ mailboxId }) => mailboxId === id)?.name ?? `${id}`);
    return {
      outcome: 'failed',
      result: `Chosen, but not to be seen any more: ${names.join(', ')}.`,
      remedy: SYNC_ERROR_TEXT.mailboxNotFound.remedy,
    };
  }
  if (visible.length === 0) {
    return { outcome: 'failed', result: 'No mailbox can be seen.', remedy: SYNC_ERROR_TEXT.forbidden.remedy };
  }
  const chosen = integration.selectedMailboxIds.length;
  return ok(`${visible.length} can be seen${chosen > 0 ? `, the ${chosen} chosen among them` : ''}.`);
}

/** Whether Help Scout tells us of everything we want to hear of. */
export function webhookFinding(
  found: readonly HelpScoutWebhook[],
  wish: { url: string; mailboxIds: readonly number[] },
): Finding {
  const [ours] = found;
  if (!ours) return { outcome: 'failed', result: 'Our webhook is not there.', remedy: REPAIR };
  const wrong = webhookDifferences(ours, { ...wish, secret: '', secretIsNew: false });
  if (wrong.includes('state')) {
    return {
      outcome: 'failed',
      result: 'Help Scout has switched our webhook off: that happens after many deliveries that failed.',
      remedy: `Make sure that Help Scout can reach this server. ${REPAIR}`,
    };
  }
  if (wrong.includes('events')) {
    const missing = WEBHOOK_EVENTS.filter((event) => !ours.events.includes(event));
    const result =
      missing.length > 0 ? `It does not tell of: ${missing.join(', ')}.` : 'It tells of more than we asked for.';
    return { outcome: missing.length > 0 ? 'failed' : 'warning', result, remedy: REPAIR };
  }
  if (wrong.includes('mailboxIds')) {
    return { outcome: 'failed', result: 'It belongs to other mailboxes than the chosen ones.', remedy: REPAIR };
  }
  if (wrong.length > 0 || found.length > 1) {
    const result = found.length > 1 ? `There are ${found.length} of ours.` : `Not as we made it: ${wrong.join(', ')}.`;
    return { outcome: 'warning', result, remedy: REPAIR };
  }
  return ok(`It is there and switched on, with all ${WEBHOOK_EVENTS.length} events.`);
}

/** Compares clocks by the quickest answer; its `Date` header has whole seconds. */
export function clockFinding(answers: readonly TimedAnswer[]): Finding {
  const dated = answers.filter(({ headers }) => !Number.isNaN(Date.parse(headers.get('date') ?? '')));
  const [quickest] = dated.sort((a, b) => tookMs(a) - tookMs(b));
  if (!quickest) return skipped('No answer told Help Scout’s time.');
  const { headers, sentAtMs, receivedAtMs } = quickest;
  const aheadMs = (sentAtMs + receivedAtMs) / 2 - (Date.parse(headers.get('date') ?? '') + 500);
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds <= 1) return ok('Both clocks agree to the second.');
  const result = `Our clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} Help Scout’s.`;
  if (Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS) return ok(result);
  return { outcome: 'warning', result, remedy: 'Let this server’s clock be set by a time server (NTP).' };
}

/** How much of the account's minute is left, by the last answer. */
export function budgetFinding(answers: readonly TimedAnswer[]): Finding {
  const seen = answers.map(({ headers }) => readMinute(headers)).filter((minute) => minute !== null);
  const last = seen.at(-1);
  if (!last) return skipped('No answer told how many calls are left.');
  const result = `${last.remaining} of ${last.limit} are left in this minute.`;
  if (last.remaining >= last.limit * FEW_LEFT) return ok(result);
  return {
    outcome: 'warning',
    result,
    remedy: 'See Tools > API usage for what uses them: a scan may, and so may other apps of the account.',
  };
}
