import type { SparseVector } from './sparse-vector.ts';

const BITS = 64;
const BANDS = 4;
const BAND_BITS = BITS / BANDS;

/**
 * Four keys out of a 64-bit SimHash of the weighted terms (Charikar 2002): texts that differ in a few words share most
 * bits, and so, nearly always, one whole band of 16. Empty for a text that says nothing.
 */
export function copyBands(vector: SparseVector): string[] {
  if (vector.length === 0) return [];
  const sums = new Float64Array(BITS);
  for (const [term, weight] of vector) {
    const [low, high] = hashOf(term);
    for (let bit = 0; bit < BITS; bit++) {
      const set = ((bit < 32 ? low : high) >>> (bit & 31)) & 1;
      sums[bit] = (sums[bit] ?? 0) + (set ? weight : -weight);
    }
  }
  return Array.from({ length: BANDS }, (_, band) => {
    let value = 0;
    for (let bit = 0; bit < BAND_BITS; bit++) value = value * 2 + ((sums[band * BAND_BITS + bit] ?? 0) > 0 ? 1 : 0);
    return `~${band}:${value.toString(36)}`;
  });
}

/** Two 32-bit hashes of a term: FNV-1a, mixed differently for each half. */
function hashOf(term: string): [number, number] {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  return [mixed(hash, 0x85ebca6b), mixed(hash ^ 0x5bd1e995, 0xc2b2ae35)];
}

function mixed(value: number, factor: number): number {
  const once = Math.imul(value ^ (value >>> 16), factor);
  const twice = Math.imul(once ^ (once >>> 13), 0x27d4eb2f);
  return (twice ^ (twice >>> 15)) >>> 0;
}
