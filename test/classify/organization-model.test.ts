import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import {
  type Correction,
  organizationModelSchema,
  retrain,
  withOrganizationModel,
} from '../../src/classify/organization-model.ts';
import { seedRows } from '../../src/classify/training/shipped-sources.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import { conversation } from './conversations.ts';

const weights = loadWeights();
const shipped = createOfflineClassifier(weights);

const correction = (text: string, category: Correction['category']): Correction => ({ subject: '', text, category });
const taught = async (...corrections: Correction[]) =>
  createOfflineClassifier(withOrganizationModel(weights, await retrain(weights, corrections)));

async function answer(classifier: typeof shipped, text: string) {
  const result = await classifier.classify(conversation(text));
  assert.ok(result.kind === 'classified');
  return result;
}

const RESEND = 'The loading plan did not reach the dispatcher of the night shift, resend the loading plan.';

describe('the model of one organization', () => {
  it('answers a corrected text, and texts like it, as people said', async () => {
    assert.equal((await answer(shipped, RESEND)).category, 'bug');
    const ours = await taught(correction(RESEND, 'question'));
    assert.equal((await answer(ours, RESEND)).category, 'question');
    const like = 'The loading plan did not reach our dispatcher again, could you resend the loading plan.';
    const [before, after] = [await answer(shipped, like), await answer(ours, like)];
    assert.notEqual(before.category, 'question');
    assert.equal(after.category, 'question');
  });

  it('hardly answers anything else differently', async () => {
    const ours = await taught(
      correction(RESEND, 'question'),
      correction('The dock door shows red again after the truck has left the yard.', 'feature'),
      correction('Where is the pallet label printed for the cold store?', 'documentation'),
    );
    const others = seedRows().slice(0, 300);
    let changed = 0;
    for (const { text } of others) {
      const category = async (classifier: typeof shipped) => {
        const result = await classifier.classify(conversation(text));
        return result.kind === 'classified' ? result.category : result.kind;
      };
      if ((await category(shipped)) !== (await category(ours))) changed += 1;
    }
    assert.ok(changed <= 3, `${changed} of ${others.length} answers changed`);
  });

  it('takes the last word when people corrected a text twice', async () => {
    const ours = await taught(correction(RESEND, 'question'), correction(RESEND, 'feature'));
    assert.equal((await answer(ours, RESEND)).category, 'feature');
  });

  it('weighs people who disagree about like texts, and stays unsure', async () => {
    const near = RESEND.replace('night', 'early');
    const ours = await taught(correction(RESEND, 'question'), correction(near, 'feature'));
    assert.ok((await answer(ours, RESEND.replace('night', 'late'))).confidence < 0.8);
  });

  it('is the same for the same corrections, holds no text, and goes through JSON', async () => {
    const corrections = [correction(RESEND, 'question')];
    const model = await retrain(weights, corrections);
    assert.deepEqual(await retrain(weights, corrections), model);
    const json = JSON.stringify(model);
    assert.ok(!json.includes('loading') && json.length < 4_000);
    const restored = organizationModelSchema.parse(JSON.parse(json));
    const ours = createOfflineClassifier(withOrganizationModel(weights, restored));
    assert.equal((await answer(ours, RESEND)).category, 'question');
    assert.equal(ours.identity.model, `${weights.model} + ${model.name}`);
  });

  it('changes nothing without corrections, and is refused for other weights', async () => {
    assert.deepEqual(withOrganizationModel(weights, await retrain(weights, [])), weights);
    const model = await retrain(weights, [correction(RESEND, 'question')]);
    assert.throws(() => withOrganizationModel({ ...weights, model: 'n-grams other' }, model), RangeError);
  });

  it('learns 500 corrections in seconds and still answers quickly', async () => {
    const corrections = Array.from({ length: 500 }, (_, n) =>
      correction(`The loading plan of truck ${'abcdefghij'.charAt(n % 10)}x${n} did not reach dock ${n}.`, 'question'),
    );
    const startedAt = performance.now();
    const ours = await taught(...corrections);
    for (let n = 0; n < 100; n += 1) await answer(ours, `The loading plan did not reach dock ${n}.`);
    assert.ok(performance.now() - startedAt < 10_000);
  });

  it('lets others work while it learns', async () => {
    const corrections = Array.from({ length: 300 }, (_, n) =>
      correction(`The loading plan of truck ${n} did not reach dock ${n}.`, 'question'),
    );
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await retrain(weights, corrections);
    delay.disable();
    assert.ok(delay.count > 3, `${delay.count} turns of the timer`);
  });
});
