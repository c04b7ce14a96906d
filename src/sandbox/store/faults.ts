import type { CallFault } from './events/fault-events.ts';
import type { SandboxEvent } from './events.ts';

/** What is made to fail: single conversations' threads, and the next calls of an endpoint. */
export function createFaults() {
  const brokenThreads = new Set<number>();
  const callFaults = new Map<number, CallFault>();
  let lastId = 0;
  return {
    areThreadsBroken: (conversationId: number): boolean => brokenThreads.has(conversationId),
    brokenThreads: (): number[] => [...brokenThreads],
    callFaults: (): CallFault[] => [...callFaults.values()],
    nextId: (): number => lastId + 1,
    /** The oldest fault that waits for a call like this. */
    find: (method: string, template: string): CallFault | undefined =>
      [...callFaults.values()].find(
        (fault) => fault.template === template && (fault.method === null || fault.method === method),
      ),
    apply(event: SandboxEvent): void {
      switch (event.kind) {
        case 'threadsBroken':
          brokenThreads.add(event.conversationId);
          break;
        case 'threadsMended':
          brokenThreads.delete(event.conversationId);
          break;
        case 'callFaultAdded':
          callFaults.set(event.fault.id, { ...event.fault });
          lastId = Math.max(lastId, event.fault.id);
          break;
        case 'callFaultUsed': {
          const fault = callFaults.get(event.faultId);
          if (fault) fault.remaining -= 1;
          if (fault && fault.remaining <= 0) callFaults.delete(fault.id);
          break;
        }
        case 'faultsCleared':
          brokenThreads.clear();
          callFaults.clear();
          break;
      }
    },
  };
}
