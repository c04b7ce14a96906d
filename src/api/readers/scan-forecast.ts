import { accountKeyOf } from '../../domain/account-key.ts';
import type { Integration } from '../../domain/integration.ts';
import { type MailboxEstimate, type ScanEstimate, totalOf } from '../../domain/scan-estimate.ts';
import { forecastOf, type ScanOutlook } from '../../domain/scan-forecast.ts';
import type { ScanPeriod } from '../../domain/scan-period.ts';
import { createRecent } from '../../storage/recent.ts';
import { estimateScanUpdate, integrationWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { type Answer, ask } from '../temporal/ask.ts';

/** People change a choice back and forth: what was counted is counted again after this time. */
const COUNTED_FOR_MS = 5 * 60_000;

type Way = Pick<ScanEstimate, 'model' | 'batch' | 'dailyCapUsd'>;

/** Asks Help Scout, through the integration's workflow, how much there is to read, and works out the rest. */
export function createScanOutlook({ storage, temporal, now }: Pick<Deps, 'storage' | 'temporal' | 'now'>) {
  const known = createRecent<{ of: MailboxEstimate; way: Way; atMs: number }>(2_000);

  /** Of each mailbox for itself, so that another choice of the same ones asks for nothing. */
  const estimates = async (
    { integrationId }: Integration,
    mailboxIds: readonly number[],
    period: ScanPeriod,
  ): Promise<Answer<{ of: MailboxEstimate; way: Way }[]>> => {
    const keyOf = (mailboxId: number) => `${integrationId}:${mailboxId}:${JSON.stringify(period)}`;
    const fresh = (mailboxId: number) => {
      const kept = known.get(keyOf(mailboxId));
      return kept && now().getTime() - kept.atMs < COUNTED_FOR_MS ? [kept] : [];
    };
    const unknown = mailboxIds.filter((mailboxId) => fresh(mailboxId).length === 0);
    if (unknown.length > 0) {
      const wish = { mailboxIds: unknown, period };
      const answer = await ask(temporal, integrationWorkflowId(integrationId), (workflow) =>
        workflow.executeUpdate(estimateScanUpdate, { args: [wish] }),
      );
      if (!answer.granted) return answer;
      const { mailboxes, model, batch, dailyCapUsd } = answer.value;
      const atMs = now().getTime();
      for (const of of mailboxes) known.set(keyOf(of.mailboxId), { of, way: { model, batch, dailyCapUsd }, atMs });
    }
    return { granted: true, value: mailboxIds.flatMap(fresh) };
  };

  return async (
    integration: Integration,
    { mailboxIds, period }: { mailboxIds: readonly number[]; period: ScanPeriod },
  ): Promise<Answer<ScanOutlook>> => {
    const answer = await estimates(integration, mailboxIds, period);
    if (!answer.granted) return answer;
    const mailboxes = answer.value.map(({ of }) => of);
    const way = answer.value.at(-1)?.way;
    const { limit } = await storage.rateBudget.usage(accountKeyOf(integration), now(), now());
    const callsPerMinute = limit === null ? null : limit * (1 - integration.otherAppsPercent / 100);
    const { tokens, costUsd } = totalOf({ mailboxes }, mailboxIds);
    const paid = way?.model
      ? { model: way.model, tokens, costUsd, batches: way.batch, dailyCapUsd: way.dailyCapUsd }
      : null;
    return { granted: true, value: { ...forecastOf(mailboxes, { callsPerMinute }), mailboxes, paid } };
  };
}
