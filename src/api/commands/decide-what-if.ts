import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { STALE_WHAT_IF, type WhatIf, type WhatIfState } from '../../domain/what-if.ts';
import {
  SEARCH_ATTRIBUTES,
  SWITCH_EDITION_WORKFLOW,
  type SwitchEditionInput,
  stopWhatIfSignal,
  switchEditionWorkflowId,
  TASK_QUEUE,
  whatIfWorkflowId,
} from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { within } from '../temporal/deadline.ts';

const START_MS = 5_000;
type DecideDeps = Pick<Deps, 'storage' | 'temporal' | 'now' | 'logger'>;
export type WhatIfDecision = 'stop' | 'discard' | 'publish' | 'undo';

const FROM: Record<WhatIfDecision, readonly WhatIfState[]> = {
  stop: ['running', 'waiting'],
  discard: ['running', 'waiting', 'ready', 'stopped', 'failed', 'undone'],
  publish: ['ready'],
  undo: ['published'],
};
const BUSY = 'Another what-if is being published or taken back. Try again in a moment.';
const NOT_NOW = 'This cannot be done now: somebody was faster.';

/**
 * Does what a person decided about a what-if.
 * @returns why it could not be done; null when it is done, or has begun
 * @throws RequestProblem 503 when Temporal does not answer
 */
export async function decideWhatIf(
  deps: DecideDeps,
  { organizationId, whatIfId, base, taxonomyVersion, former, state }: WhatIf,
  { decision, by }: { decision: WhatIfDecision; by: string },
): Promise<string | null> {
  const { storage, now } = deps;
  if (decision === 'stop' || decision === 'discard') {
    const ended = { state: decision === 'stop' ? ('stopped' as const) : ('discarded' as const), decidedBy: by };
    const done = await storage.whatIfs.change(organizationId, whatIfId, FROM[decision], { ...ended, endedAt: now() });
    if (!done) return NOT_NOW;
    await stopWaiting(deps, whatIfId);
    if (decision === 'discard') await storage.whatIfs.removeItems(organizationId, whatIfId);
    const action = decision === 'stop' ? 'stopped a what-if' : 'discarded a what-if';
    await storage.auditTrail.record(organizationId, { at: now(), by, action, target: `what-if ${whatIfId}` });
    return null;
  }
  const [editions, taxonomy] = await Promise.all([
    storage.editions.get(organizationId),
    storage.taxonomies.current(organizationId),
  ]);
  const isCurrent =
    decision === 'publish'
      ? editions.current === base && taxonomy.version === taxonomyVersion
      : editions.current === whatIfId && editions.previous === base && former !== null;
  if (!isCurrent) return STALE_WHAT_IF;
  const going = decision === 'publish' ? 'publishing' : 'undoing';
  if (!(await storage.whatIfs.change(organizationId, whatIfId, FROM[decision], { state: going }))) return NOT_NOW;
  try {
    await start(deps, { organizationId, whatIfId, step: decision, by });
    return null;
  } catch (error) {
    await storage.whatIfs.change(organizationId, whatIfId, [going], { state });
    if (error instanceof WorkflowExecutionAlreadyStartedError) return BUSY;
    throw error;
  }
}

const start = ({ temporal }: DecideDeps, input: SwitchEditionInput) =>
  within(temporal, START_MS, () =>
    temporal.workflow.start(SWITCH_EDITION_WORKFLOW, {
      workflowId: switchEditionWorkflowId(input.organizationId),
      taskQueue: TASK_QUEUE,
      args: [input],
      staticSummary: input.step === 'publish' ? 'Publishing a what-if' : 'Taking a what-if back',
      typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.organizationId, value: input.organizationId }],
    }),
  );

/** A run that waits for the next day ends at once; one that cannot be told ends at its next look. */
async function stopWaiting({ temporal, logger }: DecideDeps, whatIfId: string): Promise<void> {
  try {
    await within(temporal, START_MS, () =>
      temporal.workflow.getHandle(whatIfWorkflowId(whatIfId)).signal(stopWhatIfSignal),
    );
  } catch {
    logger.info({ whatIfId }, 'what-if was not told that it is stopped');
  }
}
