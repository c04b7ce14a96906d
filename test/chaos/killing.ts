import { setTimeout as delay } from 'node:timers/promises';
import type { Stack } from '../../src/local/stack.ts';
import { createDeck, type Random } from '../../src/sandbox/corpus/prng.ts';

/** Whatever holds or passes on a promise. The sandbox is Help Scout, which is somebody else's to keep running. */
export const KILLED = ['worker', 'api', 'temporal', 'mongodb'] as const;
export type Killed = (typeof KILLED)[number];

export interface Kill {
  atMs: number;
  name: Killed;
}

/** Spread over `forMs`, each within a span of its own; every process as often as the others, in an order of chance. */
export function planKills(random: Random, { kills, forMs }: { kills: number; forMs: number }): Kill[] {
  const draw = createDeck(random, KILLED);
  const span = forMs / kills;
  return Array.from({ length: kills }, (_, index) => ({ atMs: (index + random.next()) * span, name: draw() }));
}

/** Kills the stack's processes with SIGKILL and starts each again at once, however often that takes. */
export function createKiller({ kill, restart }: Pick<Stack, 'kill' | 'restart'>, say: (line: string) => void) {
  const killed: Record<Killed, number> = { worker: 0, api: 0, temporal: 0, mongodb: 0 };
  const starting = new Map<Killed, Promise<void>>();
  /** Starts that came to nothing: what a process needs was down as well, or it was killed while it started. */
  let vain = 0;

  const bringUp = async (name: Killed) => {
    for (;;) {
      try {
        return await restart(name);
      } catch {
        vain += 1;
      }
    }
  };

  const strike = async (name: Killed) => {
    killed[name] += 1;
    await kill(name, 'SIGKILL');
    if (starting.has(name)) return; // who starts it notices, and starts it again
    starting.set(
      name,
      bringUp(name).finally(() => starting.delete(name)),
    );
  };

  return {
    killed,
    vainStarts: () => vain,

    /** Kills as planned, and comes back when everything runs again. */
    async carryOut(plan: readonly Kill[]): Promise<void> {
      const beganMs = Date.now();
      for (const { atMs, name } of plan) {
        await delay(Math.max(0, beganMs + atMs - Date.now()));
        say(`${((Date.now() - beganMs) / 1000).toFixed(1)} s: kill ${name}`);
        await strike(name);
      }
      await Promise.all(starting.values());
    },
  };
}
