import { claudeOptionsOf, createClassifier, type Installation } from '../classify/choose-classifier.ts';
import type { Classifier } from '../classify/classifier.ts';
import { createMessageBatches } from '../classify/message-batches.ts';
import { organizationModelSchema, retrain, withOrganizationModel } from '../classify/organization-model.ts';
import { createSameIssueJudge } from '../classify/same-issue.ts';
import { loadWeights, type Weights } from '../classify/weights.ts';
import { createRecent } from '../storage/recent.ts';
import type { ActivityDeps, OwnModel } from './deps.ts';

/** Different settings are few, and so are organizations with a model of their own. */
const MOST_KEPT = 50;

/**
 * Who classifies in an installation, by an organization's settings.
 * @throws Error when the shipped weights cannot be read
 */
export function classifiersOf(
  installation: Installation,
): Pick<ActivityDeps, 'classifierOf' | 'messageBatchesOf' | 'sameIssueOf' | 'retrain'> {
  const shipped = loadWeights();
  // Unpacking the weights takes longer than classifying some conversations.
  const recent = createRecent<Classifier>(MOST_KEPT);
  return {
    classifierOf: (settings, own) => {
      const make = () => createClassifier({ settings, installation, weights: weightsWith(shipped, own) });
      // One of which no name is known is another every time.
      if (own && own.key === undefined) return make();
      const { classifier, model, effort, temperature, includeNotes } = settings;
      const key = JSON.stringify([classifier, model, effort, temperature, includeNotes, own?.key]);
      const made = recent.get(key) ?? make();
      recent.set(key, made);
      return made;
    },
    retrain: (cases) => retrain(shipped, cases),
    sameIssueOf: (settings) => {
      const claude = claudeOptionsOf(settings, installation);
      return claude && createSameIssueJudge(claude);
    },
    messageBatchesOf: (settings) => {
      const claude = claudeOptionsOf(settings, installation);
      return claude && createMessageBatches(claude);
    },
  };
}

/** What an organization taught, over the shipped weights that it was taught on; with others it is left aside. */
function weightsWith(shipped: Weights, own: OwnModel | null | undefined): Weights {
  if (!own || own.basedOn !== shipped.model) return shipped;
  return withOrganizationModel(shipped, organizationModelSchema.parse(own.model));
}
