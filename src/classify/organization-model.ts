import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { CATEGORIES, type Category } from '../domain/category.ts';
import { conversationText } from './conversation-text.ts';
import { type Fingerprint, fingerprintOf, likeness } from './likeness.ts';
import { CLASS_COUNT, type LinearModel, softmax, textScores } from './linear-model.ts';
import { decodeModel, type Weights } from './weights.ts';

/**
 * What an organization's corrections taught: for each, the text's fingerprint and how far the scores of the categories
 * are moved for texts like it. Plain JSON of a few kilobytes per hundred corrections; holds no text.
 */
export const organizationModelSchema = z.object({
  format: z.literal(1),
  /** Shown behind the name of the shipped weights; changes with the numbers. */
  name: z.string(),
  /** The shipped weights it was made for; with others it must be made anew. */
  base: z.string(),
  examples: z.array(
    z.object({
      fingerprint: z.array(z.tuple([z.number(), z.number()])),
      lift: z.array(z.number()).length(CLASS_COUNT),
    }),
  ),
});
export type OrganizationModel = z.infer<typeof organizationModelSchema>;

/** What a person said a conversation is; the text is what its customers wrote. */
export type Correction = { subject: string; text: string; category: Category };

/** Shipped weights with what an organization taught on top. */
export type OrganizationWeights = Weights & { organization?: OrganizationModel };

/** The latest are kept: reading a conversation takes time for each. */
const MOST_CORRECTIONS = 500;
const ROUNDS = 60;
const STEP = 0.5;
/** The furthest that one correction moves a score: enough to turn any answer, not enough to be certain for ever. */
const FURTHEST = 5;

/**
 * Learns corrections, the oldest first; of several about the same text the last holds. Answers about like texts change,
 * the others hardly do. Pure: the same corrections give the same model. Takes seconds for hundreds of corrections, and
 * lets others work in between.
 */
export async function retrain(weights: Weights, corrections: readonly Correction[]): Promise<OrganizationModel> {
  const model = decodeModel(weights);
  const latest = new Map<string, Category>();
  for (const { subject, text, category } of corrections) {
    const read = conversationText(subject, [text]);
    latest.delete(read);
    latest.set(read, category);
    await setImmediate();
  }
  const taught: Taught[] = [];
  for (const [text, category] of [...latest].slice(-MOST_CORRECTIONS)) {
    taught.push({
      label: CATEGORIES.indexOf(category),
      fingerprint: fingerprintOf(text, model.vocabulary),
      scores: textScores(model, text).map((score) => score / weights.temperature),
    });
    await setImmediate();
  }
  const lifts = await fitLifts(taught);
  const examples = taught.map(({ fingerprint }, index) => ({
    fingerprint: [...fingerprint],
    lift: (lifts[index] ?? []).map((value) => Number(value.toFixed(3))),
  }));
  const name = createHash('sha256').update(JSON.stringify(examples)).digest('hex').slice(0, 8);
  return { format: 1, name, base: weights.model, examples };
}

/** The weights to classify an organization with. Throws a RangeError when the model was made for other weights. */
export function withOrganizationModel(weights: Weights, organization: OrganizationModel): OrganizationWeights {
  if (organization.base !== weights.model) throw new RangeError('The organization model was made for other weights');
  if (organization.examples.length === 0) return weights;
  return { ...weights, model: `${weights.model} + ${organization.name}`, organization };
}

/** How far the scores of a text (after temperature) are moved by what the organization taught. */
export function liftOf({ vocabulary }: LinearModel, organization: OrganizationModel): (text: string) => number[] {
  const examples = organization.examples.map(({ fingerprint, lift }) => ({ fingerprint: new Map(fingerprint), lift }));
  return (text) => liftFrom(examples, fingerprintOf(text, vocabulary));
}

type Lifting = { fingerprint: Fingerprint; lift: readonly number[] };

function liftFrom(examples: readonly Lifting[], fingerprint: Fingerprint): number[] {
  const total = new Array<number>(CLASS_COUNT).fill(0);
  for (const example of examples) {
    const weight = likeness(example.fingerprint, fingerprint);
    if (weight === 0) continue;
    for (const [label, value] of example.lift.entries()) total[label] = (total[label] ?? 0) + weight * value;
  }
  return total;
}

type Taught = { label: number; fingerprint: Fingerprint; scores: readonly number[] };

/** Logistic regression by rounds over likenesses: each correction is moved by how wrong it still is, within bounds. */
async function fitLifts(taught: readonly Taught[]): Promise<number[][]> {
  const near: { index: number; weight: number }[][] = [];
  for (const { fingerprint } of taught) {
    near.push(
      taught
        .map((other, index) => ({ index, weight: likeness(fingerprint, other.fingerprint) }))
        .filter(({ weight }) => weight > 0),
    );
    await setImmediate();
  }
  let lifts = taught.map(() => new Array<number>(CLASS_COUNT).fill(0));
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = lifts;
    lifts = taught.map(({ label, scores }, index) => {
      const moved = scores.map((score, k) =>
        (near[index] ?? []).reduce((sum, { index: other, weight }) => sum + weight * (before[other]?.[k] ?? 0), score),
      );
      const probabilities = softmax(moved);
      return (before[index] ?? []).map((lift, k) =>
        Math.max(-FURTHEST, Math.min(FURTHEST, lift + STEP * ((k === label ? 1 : 0) - (probabilities[k] ?? 0)))),
      );
    });
    await setImmediate();
  }
  return lifts;
}
