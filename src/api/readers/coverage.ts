import { coverageFiguresSchema, gapRate, noFigures } from '../../domain/coverage.ts';
import type { Integration } from '../../domain/integration.ts';
import type { Storage } from '../../storage/storage.ts';
import type { CoverageDay, CoverageIntegration, CoverageMailbox } from '../../ui/views/coverage.tsx';
import type { Deps } from '../deps.ts';
import { dayOf, dayStart, daysBetween } from './calendar.ts';

const DAYS = 30;

/** Of each connection: the last 30 days, its mailboxes, the comparisons, and the webhook. */
export async function coverage(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  organizationId: string,
): Promise<{ integrations: CoverageIntegration[]; timeZone: string }> {
  const timeZone = (await storage.organizations.get(organizationId))?.timeZone ?? 'UTC';
  const connected = (await storage.integrations.list(organizationId)).filter(
    ({ state }) => state !== 'disconnected' && state !== 'connecting',
  );
  const clock = { at: now(), timeZone, reconcileMs: config.settings.reconcileMs };
  const integrations = await Promise.all(connected.map((integration) => ofIntegration(storage, integration, clock)));
  return { integrations, timeZone };
}

async function ofIntegration(
  storage: Storage,
  integration: Integration,
  { at, timeZone, reconcileMs }: { at: Date; timeZone: string; reconcileMs: number },
): Promise<CoverageIntegration> {
  const { organizationId, integrationId, connectedAt, createdAt } = integration;
  const from = dayStart(at, timeZone, DAYS - 1);
  const [found, stored, watch, lastWebhookAt] = await Promise.all([
    storage.coverage.days(organizationId, integrationId, { from: dayOf(from, timeZone), to: dayOf(at, timeZone) }),
    storage.coverage.mailboxes(organizationId, integrationId),
    storage.coverage.watch(organizationId, integrationId),
    storage.arrivals.lastWebhookAt(organizationId, integrationId),
  ]);
  const figures = new Map(found.map((day) => [day.day, day.figures]));
  const begin = new Date(Math.max((connectedAt ?? createdAt).getTime(), from.getTime()));
  const days = daysBetween(begin, at, timeZone).map((day): CoverageDay => {
    const { hours: _hours, ...sums } = coverageFiguresSchema.parse(figures.get(day) ?? noFigures());
    return { day, ...sums, gapRate: gapRate(sums) };
  });
  const isComparing = integration.state === 'live';
  return {
    integrationId,
    name: integration.account?.name ?? 'Help Scout',
    state: integration.state,
    days: days.reverse(),
    mailboxes: integration.selectedMailboxIds.map((mailboxId): CoverageMailbox => {
      const one = stored.find((mailbox) => mailbox.mailboxId === mailboxId);
      return {
        mailboxId,
        name:
          integration.mailboxes.find((mailbox) => mailbox.mailboxId === mailboxId)?.name ?? one?.name ?? `${mailboxId}`,
        newestChangeAt: one?.changedAt ?? null,
        comparedAt: one?.passedAt ?? null,
        hiddenSince: one?.hiddenSince ?? null,
      };
    }),
    comparison: {
      everyMinutes: Math.round(reconcileMs / 60_000),
      lastAt: watch.pass?.endedAt ?? null,
      nextAt: isComparing && watch.pass ? new Date(watch.pass.startedAt.getTime() + reconcileMs) : null,
    },
    webhook: {
      active: integration.webhookActive,
      problem: watch.webhook?.problem ?? null,
      problemSince: watch.webhook?.problemSince ?? null,
      repairedAt: watch.webhook?.repairedAt ?? null,
      checkedAt: watch.webhook?.checkedAt ?? null,
      lastAt: lastWebhookAt,
    },
  };
}
