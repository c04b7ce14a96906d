import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Classifier } from '../classify/classifier.ts';
import { caseScores, FEWEST_CASES, FOLDS, isNotWorse, type RetrainReport } from '../domain/retraining.ts';
import { FIRST_TAXONOMY } from '../domain/taxonomy.ts';
import type { RetrainInput } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { type LabelledCase, labelledCases } from './labelled-cases.ts';

/** "Retrain for us": an offline model of one organization's own, from its people's judgements. */
export function createRetrainActivities({
  storage,
  classifierOf,
  retrain,
}: Pick<ActivityDeps, 'storage' | 'classifierOf' | 'retrain'>) {
  return {
    /**
     * Trains, measures by cross-validation, and publishes what is not worse than the shipped weights. Repeated after a
     * crash it comes to the same, and publishes once.
     */
    async trainOrganizationModel({ organizationId, version }: RetrainInput): Promise<{ state: string }> {
      const { insights } = await storage.settings.get(organizationId);
      const offline = (model?: { basedOn: string; model: unknown }) =>
        classifierOf({ ...insights, classifier: 'offline' }, model ?? null);
      const shipped = offline();
      const basedOn = shipped.identity.model;
      const cases = await labelledCases(storage, organizationId);
      if (!retrain || cases.length < FEWEST_CASES) {
        await storage.organizationModels.fail(organizationId, version);
        return { state: 'failed' };
      }
      const report = await measure(cases, shipped, async (training) =>
        offline({ basedOn, model: await retrain(training) }),
      );
      const state = isNotWorse(report) ? 'published' : 'rejected';
      await storage.organizationModels.finish(organizationId, version, {
        state,
        basedOn,
        report,
        model: await retrain(cases),
      });
      return { state };
    },

    /** Says that nothing came of a training that was begun. */
    async failTraining({ organizationId, version }: RetrainInput): Promise<void> {
      await storage.organizationModels.fail(organizationId, version);
    },
  };
}

/** Each case is answered by the shipped weights, and by a model trained on the other parts. */
async function measure(
  cases: readonly LabelledCase[],
  shipped: Classifier,
  trained: (training: readonly LabelledCase[]) => Promise<Classifier>,
): Promise<RetrainReport> {
  const before: [string, string | null][] = [];
  const after: [string, string | null][] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = cases.filter((one) => foldOf(one) === fold);
    if (held.length === 0) continue;
    const classifier = await trained(cases.filter((one) => foldOf(one) !== fold));
    for (const one of held) {
      before.push([one.category, await answer(shipped, one)]);
      after.push([one.category, await answer(classifier, one)]);
      // The worker's other activities must not wait for thousands of texts.
      await setImmediate();
    }
  }
  return { cases: cases.length, folds: FOLDS, before: caseScores(before), after: caseScores(after) };
}

/** By text: copies of one text are all in one part, or the model would be asked about what it was trained on. */
const foldOf = ({ subject, text }: LabelledCase) =>
  createHash('sha256')
    .update(`${subject}\n${text.replace(/\s+/g, ' ').trim()}`)
    .digest()
    .readUInt32BE(0) % FOLDS;

async function answer(classifier: Classifier, { subject, text }: LabelledCase): Promise<string | null> {
  const answered = await classifier.classify({
    subject,
    threads: [{ threadId: 1, author: 'customer', text, createdAt: new Date(0) }],
    taxonomy: FIRST_TAXONOMY,
    docsExcerpts: [],
  });
  return answered.kind === 'classified' ? answered.category : null;
}
