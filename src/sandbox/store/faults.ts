import { createRandom, type Random } from '../corpus/prng.ts';
import type { FaultRule } from './events/fault-events.ts';
import type { SandboxEvent } from './events.ts';

/** A rule with what it has done. */
export interface Fault {
  rule: FaultRule;
  struck: number;
  /** How many calls it was asked about. */
  turn: number;
  random: Random | null;
}

/** What is made to fail: single conversations' threads, and calls that rules match. */
export function createFaults() {
  const brokenThreads = new Set<number>();
  const faults = new Map<number, Fault>();
  let lastId = 0;

  return {
    areThreadsBroken: (conversationId: number): boolean => brokenThreads.has(conversationId),
    brokenThreads: (): number[] => [...brokenThreads],
    get: (id: number): Fault | undefined => faults.get(id),
    /** Oldest first, those that are used up included. */
    all: (): Fault[] => [...faults.values()],
    nextId: (): number => lastId + 1,
    /**
     * Asks the rules that `concerns` picks, oldest first, for the one that strikes. Asking is a turn of their chance; what
     * strikes must be committed as `faultStruck`.
     */
    strike(concerns: (rule: FaultRule) => boolean): Fault | undefined {
      for (const fault of faults.values()) if (concerns(fault.rule) && takesTurn(fault)) return fault;
      return undefined;
    },
    apply(event: SandboxEvent): void {
      switch (event.kind) {
        case 'threadsBroken':
          brokenThreads.add(event.conversationId);
          break;
        case 'threadsMended':
          brokenThreads.delete(event.conversationId);
          break;
        case 'faultAdded':
          faults.set(event.fault.id, { rule: event.fault, struck: 0, turn: 0, random: null });
          lastId = Math.max(lastId, event.fault.id);
          break;
        case 'faultStruck': {
          const fault = faults.get(event.faultId);
          if (fault) fault.struck += 1;
          if (fault) fault.turn = Math.max(fault.turn, event.turn);
          break;
        }
        case 'faultRemoved':
          faults.delete(event.faultId);
          break;
        case 'faultsCleared':
          brokenThreads.clear();
          faults.clear();
          break;
      }
    },
  };
}

function takesTurn(fault: Fault): boolean {
  const { when } = fault.rule;
  if ('count' in when && fault.struck >= when.count) return false;
  const random = 'count' in when ? null : chanceOf(fault, when.seed);
  fault.turn += 1;
  return random === null || !('probability' in when) || random.chance(when.probability);
}

/** After a restart the turns already taken are passed over. */
function chanceOf(fault: Fault, seed: number): Random {
  if (fault.random) return fault.random;
  fault.random = createRandom(seed);
  for (let turn = 0; turn < fault.turn; turn += 1) fault.random.next();
  return fault.random;
}
