import type { Random } from '../../src/sandbox/corpus/prng.ts';
import type { RunningStack } from '../e2e/running-stack.ts';

/** What Help Scout does wrong, and how often. A lost answer is the worst: what was asked is done, and nobody says so. */
const FAULTS = [
  [{ api: 'inbox' }, { status: 429, retryAfterSeconds: 1 }, 0.02],
  [{ api: 'inbox' }, { status: 500 }, 0.03],
  [{ api: 'inbox' }, { drop: 'after' }, 0.02],
  [{ api: 'inbox' }, { drop: 'before' }, 0.01],
  [{ api: 'inbox' }, { delayMs: 1_500 }, 0.03],
  [{ api: 'token' }, { status: 500 }, 0.1],
  [{ api: 'token' }, { delayMs: 1_000 }, 0.2],
] as const;

/** Lets Help Scout misbehave. */
export async function switchFaultsOn({ control }: Pick<RunningStack, 'control'>, random: Random): Promise<void> {
  for (const [match, effect, probability] of FAULTS) {
    await control('POST', '/faults', { ...match, effect, when: { probability, seed: random.between(1, 1_000_000) } });
  }
}

/** Help Scout works again, for as long as it runs. */
export const switchFaultsOff = ({ control }: Pick<RunningStack, 'control'>): Promise<void> =>
  control('DELETE', '/faults');
