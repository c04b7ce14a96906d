import { estimateScan } from '../../activities/scan-estimate.ts';
import { isPriced, PRICES_AS_OF } from '../../classify/prices.ts';
import { startOfUtcDay } from '../../domain/cost.ts';
import type { Integration } from '../../domain/integration.ts';
import type { OrganizationSettings } from '../../domain/organization-settings.ts';
import type { CostsPageProps } from '../../ui/views/insights/costs.tsx';
import type { AppDeps } from '../deps.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;
const CONVERSATIONS = 20;
const STEPS = 20;

type Deps = Pick<AppDeps, 'storage' | 'now' | 'config'>;

/** Whom an organization pays for answers; null when the offline model answers. */
export function paidModel({ config }: Pick<Deps, 'config'>, settings: OrganizationSettings['insights']): string | null {
  if (settings.classifier === 'offline' || config.anthropic === null) return null;
  return settings.model ?? config.anthropic.model;
}

/** Everything on the Costs page but its frame. */
export async function costsPage(deps: Deps, organizationId: string): Promise<Omit<CostsPageProps, 'shell' | 'maySet'>> {
  const { costs, messageBatches } = deps.storage;
  const today = startOfUtcDay(deps.now());
  const from = new Date(today.getTime() - (DAYS - 1) * DAY_MS);
  const { insights: settings } = await deps.storage.settings.get(organizationId);
  const model = paidModel(deps, settings);
  const [spent, promisedUsd, days, purposes, conversations, steps, estimates] = await Promise.all([
    costs.spentSince(organizationId, today),
    messageBatches.promisedUsd(organizationId, deps.now()),
    costs.byDay(organizationId, from),
    costs.byPurpose(organizationId, from),
    costs.dearest(organizationId, from, CONVERSATIONS),
    costs.steps.list(organizationId, STEPS),
    model === null ? [] : scanEstimates(deps, organizationId, settings, model),
  ]);
  return {
    model,
    price: { known: model !== null && isPriced(model), asOf: PRICES_AS_OF },
    today: spent,
    promisedUsd,
    cap: { usd: settings.dailyCapUsd, atCap: settings.atCap },
    ...{ days, purposes, conversations, steps, estimates },
  };
}

async function scanEstimates(
  { storage }: Deps,
  organizationId: string,
  settings: OrganizationSettings['insights'],
  model: string,
): Promise<CostsPageProps['estimates'][number][]> {
  const connected = (await storage.integrations.list(organizationId)).filter(({ state }) => state !== 'disconnected');
  const rows = await Promise.all(
    connected.map(async (integration: Integration) => {
      const { integrationId, account } = integration;
      const estimate = await estimateScan(storage, { organizationId, integrationId }, { settings, model });
      if (!estimate) return [];
      const { conversations, tokens, costUsd } = estimate;
      const name = account?.name ?? 'Help Scout';
      return [
        { integrationId, account: name, conversations, tokens: tokens.inputTokens + tokens.outputTokens, costUsd },
      ];
    }),
  );
  return rows.flat();
}
