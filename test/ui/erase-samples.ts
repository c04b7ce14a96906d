import type { Erasure } from '../../src/domain/erasure.ts';
import type { ErasePageProps } from '../../src/ui/views/erase/erase.tsx';
import { NOW, shell } from './samples.ts';

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

export function erasure(changes: Partial<Erasure> = {}): Erasure {
  return {
    ...{ erasureId: 'QeXy7', organizationId: 'o1', kind: 'customer', state: 'done', refusesLater: true },
    ...{ subjectHash: '9c1b'.repeat(16), by: '5f1c0a72-3f3e-4b1d-9a53-000000000001' },
    ...{ requestedAt: hoursAgo(3), finishedAt: hoursAgo(2), waitsFor: 0 },
    removed: { conversations: 12, insights: 14, decisions: 31, submissions: 2, customers: 1 },
    changed: { syncEvents: 1_204, patterns: 3 },
    workflows: { ended: 2, deleted: 17 },
    ...changes,
  };
}

export function erasePage(changes: Partial<ErasePageProps> = {}): ErasePageProps {
  return {
    shell: shell('/settings/erase'),
    erasures: [erasure(), erasure({ erasureId: 'QeXy8', state: 'settling', finishedAt: null })],
    ...changes,
  };
}

/** One that waits for workflows, and has found nothing yet. */
export const waitingErasure = () =>
  erasure({
    ...{ kind: 'organization', state: 'running', subjectHash: null, finishedAt: null, waitsFor: 3 },
    ...{ removed: {}, changed: {}, workflows: { ended: 0, deleted: 0 } },
  });
