import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CLASS_COUNT, type LinearModel } from './linear-model.ts';

/** The shipped file: small numbers as base64, so that it is one JSON document in the repository. */
export const weightsSchema = z.object({
  format: z.literal(1),
  /** Shown wherever this model's answers are shown; changes with the numbers. */
  model: z.string(),
  trainedOn: z.array(z.object({ source: z.string(), rows: z.number().int() })),
  temperature: z.number().positive(),
  bias: z.array(z.number()).length(CLASS_COUNT),
  /** The largest weight and the largest inverse document frequency: what 127 and 255 stand for. */
  largestWeight: z.number().positive(),
  largestInverseFrequency: z.number().positive(),
  /** Feature ids, 32-bit little-endian; one byte of inverse document frequency each; CLASS_COUNT signed bytes of weights each. */
  features: z.base64(),
  inverseFrequencies: z.base64(),
  weights: z.base64(),
});
export type Weights = z.infer<typeof weightsSchema>;

/**
 * Reads `weights.json` beside this module, or another file of the same format. Throws when it is missing or damaged.
 * A build copies the file: the compiler leaves it out.
 */
export function loadWeights(file: string | URL = new URL('./weights.json', import.meta.url)): Weights {
  return weightsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** A byte holds the square root of a weight's size: small weights, which are most, keep their differences. */
export function encodeModel(
  { vocabulary, weights, bias }: LinearModel,
  about: Pick<Weights, 'trainedOn' | 'temperature'>,
): Omit<Weights, 'model'> {
  const ids = new Uint32Array(vocabulary.rowOf.size);
  for (const [id, row] of vocabulary.rowOf) ids[row] = id;
  const frequencies = Array.from(vocabulary.inverseFrequency);
  const values = Array.from(weights);
  const largestWeight = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const largestInverseFrequency = frequencies.reduce((most, value) => Math.max(most, value), 0);
  const idBytes = Buffer.alloc(ids.length * 4);
  ids.forEach((id, row) => {
    idBytes.writeUInt32LE(id, row * 4);
  });
  return {
    format: 1,
    ...about,
    bias: Array.from(bias, (value) => Number(value.toFixed(5))),
    largestWeight,
    largestInverseFrequency,
    features: idBytes.toString('base64'),
    inverseFrequencies: Buffer.from(
      frequencies.map((value) => Math.round((value / largestInverseFrequency) * 255)),
    ).toString('base64'),
    weights: Buffer.from(
      Int8Array.from(values, (value) =>
        Math.round(Math.sign(value) * Math.sqrt(Math.abs(value) / largestWeight) * 127),
      ),
    ).toString('base64'),
  };
}

/** The reverse of `encodeModel`. Throws a RangeError when the parts of the file do not belong together. */
export function decodeModel(file: Omit<Weights, 'model'>): LinearModel {
  const ids = Buffer.from(file.features, 'base64');
  const frequencies = Buffer.from(file.inverseFrequencies, 'base64');
  const bytes = Buffer.from(file.weights, 'base64');
  const count = frequencies.length;
  if (ids.length !== count * 4 || bytes.length !== count * CLASS_COUNT) {
    throw new RangeError('The weights file holds different numbers of features and weights');
  }
  const rowOf = new Map(Array.from({ length: count }, (_, row) => [ids.readUInt32LE(row * 4), row]));
  const inverseFrequency = Float64Array.from(frequencies, (byte) => (byte / 255) * file.largestInverseFrequency);
  const weights = Float64Array.from(
    new Int8Array(bytes),
    (byte) => Math.sign(byte) * (byte / 127) ** 2 * file.largestWeight,
  );
  return { vocabulary: { rowOf, inverseFrequency }, weights, bias: file.bias };
}
