import { randomUUID } from 'node:crypto';
import { subDays } from 'date-fns';
import { type TaxonomyDraft, taxonomyDraftSchema } from '../../domain/taxonomy.ts';
import { taxonomyChanges } from '../../domain/taxonomy-changes.ts';
import { isUnderWay, type WhatIf, type WhatIfSettings, whatIfSettingsSchema } from '../../domain/what-if.ts';
import { settingsChanges } from '../../domain/what-if-settings.ts';
import {
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  WHAT_IF_WORKFLOW,
  type WhatIfInput,
  whatIfWorkflowId,
} from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { within } from '../temporal/deadline.ts';

const START_MS = 5_000;
/** Runs that are looked through for one under way. */
const LATEST = 20;

export interface WhatIfWish {
  days: number;
  /** The taxonomy's version that the draft was made from. */
  version: number;
  draft: TaxonomyDraft;
  settings: WhatIfSettings;
}
type Started = { kind: 'started'; whatIfId: string } | { kind: 'changedSince' | 'empty' | 'underWay' };

/**
 * Has another way of classifying tried on the conversations of a past time (workflows/what-if.ts).
 * @throws RequestProblem 503 when Temporal does not answer
 */
export async function startWhatIf(
  { storage, temporal, now }: Pick<Deps, 'storage' | 'temporal' | 'now'>,
  organizationId: string,
  by: string,
  { days, version, draft, settings }: WhatIfWish,
): Promise<Started> {
  const [taxonomy, { insights }, { current: base }, others] = await Promise.all([
    storage.taxonomies.current(organizationId),
    storage.settings.get(organizationId),
    storage.editions.get(organizationId),
    storage.whatIfs.list(organizationId, LATEST),
  ]);
  if (taxonomy.version !== version) return { kind: 'changedSince' };
  if (others.some(({ state }) => isUnderWay(state))) return { kind: 'underWay' };
  const to = now();
  const from = subDays(to, days);
  const total = await storage.insightWindow.count(organizationId, from, to);
  if (total === 0) return { kind: 'empty' };
  const wanted = taxonomyDraftSchema.parse(draft);
  const differing = taxonomyChanges(taxonomy, wanted);
  const changes = [...differing, ...settingsChanges(whatIfSettingsSchema.parse(insights), settings)];
  const whatIfId = randomUUID();
  const whatIf: WhatIf = {
    ...{ whatIfId, organizationId, by, createdAt: to, endedAt: null, days, from, to, settings, changes, base, total },
    draft: differing.length > 0 ? wanted : null,
    taxonomyVersion: taxonomy.version,
    ...{ state: 'running', problem: '', done: 0, after: null, former: null, decidedBy: null },
  };
  await storage.whatIfs.create(whatIf);
  const input: WhatIfInput = { organizationId, whatIfId };
  try {
    await within(temporal, START_MS, () =>
      temporal.workflow.start(WHAT_IF_WORKFLOW, {
        workflowId: whatIfWorkflowId(whatIfId),
        taskQueue: TASK_QUEUE,
        args: [input],
        staticSummary: 'Another way of classifying, tried on past conversations',
        typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.organizationId, value: organizationId }],
      }),
    );
  } catch (error) {
    await storage.whatIfs.remove(organizationId, whatIfId);
    throw error;
  }
  const entry = { at: to, by, action: 'started a what-if', target: `what-if ${whatIfId}` };
  await storage.auditTrail.record(organizationId, { ...entry, details: changes.join(', ').slice(0, 1000) });
  return { kind: 'started', whatIfId };
}
