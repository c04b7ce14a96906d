import { subHours } from 'date-fns';
import { FEWEST_CASES } from '../../domain/retraining.ts';
import {
  RETRAIN_WORKFLOW,
  type RetrainInput,
  retrainWorkflowId,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
} from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { RequestProblem } from '../errors.ts';
import { within } from '../temporal/deadline.ts';

const START_MS = 5_000;
/** Longer than the workflow tries: one that was terminated must not keep others from starting for ever. */
const LONGEST_HOURS = 2;

/**
 * Has an offline model trained from the organization's regression cases (workflows/retrain.ts).
 * @returns null when there are too few cases
 * @throws RequestProblem 409 while one is being trained, 503 when Temporal does not answer
 */
export async function startRetraining(
  { storage, temporal, now }: Pick<Deps, 'storage' | 'temporal' | 'now'>,
  organizationId: string,
  by: string,
): Promise<{ version: number } | null> {
  if ((await storage.regressionCases.count(organizationId)).total < FEWEST_CASES) return null;
  const at = now();
  const begun = subHours(at, LONGEST_HOURS);
  const models = await storage.organizationModels.list(organizationId);
  if (models.some(({ state, madeAt }) => state === 'training' && madeAt > begun)) throw trainingAlready();
  const version = await storage.organizationModels.begin(organizationId, by, at);
  const input: RetrainInput = { organizationId, version };
  try {
    await within(temporal, START_MS, () =>
      temporal.workflow.start(RETRAIN_WORKFLOW, {
        workflowId: retrainWorkflowId(organizationId, version),
        taskQueue: TASK_QUEUE,
        args: [input],
        staticSummary: 'Training an offline model from corrections',
        typedSearchAttributes: [{ key: SEARCH_ATTRIBUTES.organizationId, value: organizationId }],
      }),
    );
  } catch (error) {
    await storage.organizationModels.fail(organizationId, version);
    throw error;
  }
  const entry = { at, by, action: 'retrained the offline model', target: `model ${version}` };
  await storage.auditTrail.record(organizationId, entry);
  return { version };
}

const trainingAlready = () =>
  new RequestProblem({
    status: 409,
    code: 'trainingAlready',
    sentence: 'A model is being trained already.',
    remedy: 'Wait until the quality page says what came of it, and train again then.',
  });
