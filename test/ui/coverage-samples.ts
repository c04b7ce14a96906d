import type { CoverageDay, CoverageIntegration, CoveragePageProps } from '../../src/ui/views/coverage.tsx';
import { NOW, shell } from './samples.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const ago = (ms: number) => new Date(NOW.getTime() - ms);

const days: CoverageDay[] = Array.from({ length: 30 }, (_, index) => {
  const modified = index % 7 === 6 ? 0 : 180 + ((index * 53) % 240);
  const [missed, silent] = modified === 0 ? [0, 0] : [index % 5 === 2 ? 7 : 0, index % 9];
  const told = modified - missed - silent;
  return {
    day: ago(index * DAY_MS)
      .toISOString()
      .slice(0, 10),
    ...{ modified, told, missed, silent, unread: index === 0 ? 2 : 0 },
    gapRate: modified === 0 ? null : missed / (told + missed),
    worstDelayMs: modified === 0 ? null : (missed > 0 ? 31 : 2) * MINUTE_MS,
  };
});

function integration(changes: Partial<CoverageIntegration> = {}): CoverageIntegration {
  return {
    ...{ integrationId: 'i1', state: 'live', name: 'Northwind', days },
    mailboxes: [
      {
        mailboxId: 310,
        name: 'Support',
        newestChangeAt: ago(MINUTE_MS),
        comparedAt: ago(9 * MINUTE_MS),
        hiddenSince: null,
      },
      {
        ...{ mailboxId: 311, name: 'A mailbox with quite a long name for a narrow screen' },
        ...{ newestChangeAt: ago(3 * DAY_MS), comparedAt: ago(2 * DAY_MS), hiddenSince: ago(2 * DAY_MS) },
      },
    ],
    comparison: { everyMinutes: 15, lastAt: ago(9 * MINUTE_MS), nextAt: ago(-6 * MINUTE_MS) },
    webhook: {
      ...{ active: true, problem: null, problemSince: null, repairedAt: null },
      ...{ checkedAt: ago(9 * MINUTE_MS), lastAt: ago(MINUTE_MS) },
    },
    ...changes,
  };
}

export function coveragePage(changes: Partial<CoveragePageProps> = {}): CoveragePageProps {
  return { shell: shell('/tools/integrations/coverage'), integrations: [integration()], ...changes };
}

/** One that just began, and one whose webhook was switched off. */
export const troubledCoveragePage = () =>
  coveragePage({
    integrations: [
      integration({
        ...{ integrationId: 'i2', state: 'scanning', name: 'Globex', days: [], mailboxes: [] },
        comparison: { everyMinutes: 1, lastAt: null, nextAt: null },
        webhook: {
          ...{ active: false, problem: null, problemSince: null, repairedAt: null, checkedAt: null, lastAt: null },
        },
      }),
      integration({
        webhook: {
          ...{ active: false, problem: 'disabled', problemSince: ago(DAY_MS), repairedAt: ago(2 * DAY_MS) },
          ...{ checkedAt: ago(9 * MINUTE_MS), lastAt: ago(DAY_MS) },
        },
      }),
    ],
  });
