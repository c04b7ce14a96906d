import type { HelpScoutClient } from '../helpscout/client.ts';
import { HelpScoutRateLimited, HelpScoutUnauthorized } from '../helpscout/errors.ts';
import { type HelpScoutWebhook, webhookDifferences } from '../helpscout/resources/webhook-wish.ts';
import { randomToken } from '../security/tokens.ts';
import type { WebhookProblem, WebhookWatch } from '../storage/coverage-watch.ts';
import type { Scope } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { syncErrorCode } from './failures.ts';

const HOUR_MS = 3_600_000;
/** What is put back and taken away again, by whomever, is not fought over. */
const REPAIR_EVERY_MS = 4 * HOUR_MS;
/** One that looks right and is not heard of: written once, the cause is elsewhere if that does not help. */
const UNHEARD_EVERY_MS = 24 * HOUR_MS;
/** So many changes of which nothing was told are no accident. */
const UNHEARD_FROM = 3;
/** Help Scout refuses longer secrets. */
const SECRET_LENGTH = 40;

/** What became of a webhook that was not as it should be; `found` as in WebhookProblem. */
export interface WebhookRepair {
  outcome: 'repaired' | 'failed';
  found: WebhookProblem;
  /** Of a failed one: a code of the log. */
  errorCode: ReturnType<typeof syncErrorCode> | null;
}

/** Looks whether our webhook at Help Scout is as we made it, and puts it back. */
export function createWebhookWatch({
  storage,
  keyRing,
  publicUrl,
  now,
}: Pick<ActivityDeps, 'storage' | 'keyRing' | 'publicUrl' | 'now'>) {
  const secretOf = async (scope: Scope): Promise<string> => {
    const { organizationId, integrationId } = scope;
    const binding = { ...scope, purpose: 'webhookSecret' as const };
    const stored = (await storage.integrations.secrets(organizationId, integrationId))?.webhookSecret;
    if (stored) return keyRing.decrypt(stored, binding);
    const secret = randomToken().slice(0, SECRET_LENGTH);
    // Stored first: a delivery may come before the call that subscribes has returned.
    const webhook = { secret: keyRing.encrypt(secret, binding), previousSecret: null };
    await storage.integrations.saveWebhook(organizationId, integrationId, webhook);
    return secret;
  };

  /** Nothing came since the last comparison began to look, which found several things all the same. */
  const isUnheard = async ({ organizationId, integrationId }: Scope): Promise<boolean> => {
    const { pass, webhook } = await storage.coverage.watch(organizationId, integrationId);
    const lastAt = await storage.arrivals.lastWebhookAt(organizationId, integrationId);
    const nothingSince = (time: Date) => lastAt === null || lastAt < time;
    if (webhook?.problem === 'unheard' && webhook.problemSince && nothingSince(webhook.problemSince)) return true;
    return pass !== null && pass.found >= UNHEARD_FROM && nothingSince(pass.since);
  };

  return async (
    client: HelpScoutClient,
    scope: Scope,
    mailboxes: { chosen: readonly number[]; shown: readonly number[] },
  ): Promise<WebhookRepair | null> => {
    const { organizationId, integrationId } = scope;
    const at = now();
    const key = await storage.integrations.webhookKey(organizationId, integrationId);
    const url = `${publicUrl}/webhooks/helpscout/${key}`;
    const wish = { url, secret: await secretOf(scope), secretIsNew: false };
    const [ours] = await client.webhooks.findByUrl(url);
    const { webhook: before } = await storage.coverage.watch(organizationId, integrationId);
    // Of a mailbox that is gone Help Scout may, or may not, still have the number in the list.
    const wishes = [mailboxes.chosen, mailboxes.shown].map((mailboxIds) => ({ ...wish, mailboxIds }));
    const found = problemOf(ours, wishes) ?? ((await isUnheard(scope)) ? 'unheard' : null);
    const note = (change: Partial<WebhookWatch>) =>
      storage.coverage.noteWebhook(organizationId, integrationId, {
        checkedAt: at,
        triedAt: before?.triedAt ?? null,
        repairedAt: before?.repairedAt ?? null,
        problem: found,
        problemSince: found && (before?.problemSince ?? at),
        errorCode: found && (before?.errorCode ?? null),
        ...change,
      });
    await storage.integrations.update(organizationId, integrationId, { webhookActive: ours?.state === 'enabled' });
    const waitMs = found === 'unheard' ? UNHEARD_EVERY_MS : REPAIR_EVERY_MS;
    const isTooSoon = before?.triedAt && at.getTime() - before.triedAt.getTime() < waitMs;
    if (!found || isTooSoon) {
      await note({});
      return null;
    }
    try {
      const { secret } = wish;
      await client.webhooks.ensure({ url, secret, secretIsNew: found === 'unheard', mailboxIds: mailboxes.shown });
    } catch (error) {
      if (error instanceof HelpScoutRateLimited || error instanceof HelpScoutUnauthorized) throw error;
      const errorCode = syncErrorCode(error);
      await note({ triedAt: at, errorCode });
      return { outcome: 'failed', found, errorCode };
    }
    await note({ triedAt: at, repairedAt: at, problem: null, problemSince: null, errorCode: null });
    await storage.integrations.update(organizationId, integrationId, { webhookActive: true });
    return { outcome: 'repaired', found, errorCode: null };
  };
}

type Wish = Parameters<typeof webhookDifferences>[1];

function problemOf(ours: HelpScoutWebhook | undefined, wishes: readonly Wish[]): WebhookProblem | null {
  if (!ours) return 'missing';
  if (ours.state !== 'enabled') return 'disabled';
  return wishes.some((wish) => webhookDifferences(ours, wish).length === 0) ? null : 'changed';
}
