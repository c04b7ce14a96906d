type Objective = (point: Float64Array, gradient: Float64Array) => number;

/** Steps that are remembered. */
const MEMORY = 8;

/**
 * L-BFGS with a backtracking line search, from zero; stops early when a step no longer helps. The objective returns the
 * loss at a point and writes the gradient there.
 */
export function minimize(objective: Objective, size: number, iterations: number): Float64Array {
  let point = new Float64Array(size);
  let gradient = new Float64Array(size);
  let loss = objective(point, gradient);
  const history: { step: Float64Array; change: Float64Array; inverse: number }[] = [];
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const direction = descent(gradient, history);
    const slope = dot(direction, gradient);
    if (slope > -1e-12) break;
    let length = history.length === 0 ? 1 / Math.sqrt(-slope) : 1;
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextLoss = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      for (let i = 0; i < size; i += 1) next[i] = (point[i] ?? 0) + length * (direction[i] ?? 0);
      nextLoss = objective(next, nextGradient);
      if (nextLoss <= loss + 1e-4 * length * slope) break;
      length /= 2;
    }
    if (nextLoss >= loss) break;
    const step = next.map((value, i) => value - (point[i] ?? 0));
    const change = nextGradient.map((value, i) => value - (gradient[i] ?? 0));
    const curvature = dot(step, change);
    if (curvature > 1e-14) history.push({ step, change, inverse: 1 / curvature });
    if (history.length > MEMORY) history.shift();
    const gain = loss - nextLoss;
    point = next;
    gradient = nextGradient;
    loss = nextLoss;
    if (gain < 1e-7 * Math.abs(loss)) break;
  }
  return point;
}

function descent(
  gradient: Float64Array,
  history: readonly { step: Float64Array; change: Float64Array; inverse: number }[],
): Float64Array {
  const direction = gradient.map((value) => -value);
  const factors = new Map<Float64Array, number>();
  for (const { step, change, inverse } of history.toReversed()) {
    const factor = inverse * dot(step, direction);
    factors.set(step, factor);
    addScaled(direction, change, -factor);
  }
  const last = history.at(-1);
  const scale = last === undefined ? 1 : 1 / (last.inverse * dot(last.change, last.change));
  for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) * scale;
  for (const { step, change, inverse } of history) {
    addScaled(direction, step, (factors.get(step) ?? 0) - inverse * dot(change, direction));
  }
  return direction;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < left.length; i += 1) sum += (left[i] ?? 0) * (right[i] ?? 0);
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i += 1) target[i] = (target[i] ?? 0) + factor * (source[i] ?? 0);
}
