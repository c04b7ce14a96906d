import type { OperationsPageProps } from '../../src/ui/views/operations.tsx';
import { NOW, shell } from './samples.ts';

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => NOW.getTime() - hours * HOUR_MS;
const about = (organizationName: string, number: number) => ({
  organizationName,
  integrationId: `5f1c0a72-3f3e-4b1d-9a53-${String(number).padStart(12, '0')}`,
  temporalUrl: `https://temporal.example/namespaces/default/workflows/integration%3A${number}`,
});

export function operationsPage(changes: Partial<OperationsPageProps> = {}): OperationsPageProps {
  return {
    shell: shell('/operations', { role: 'operator' }),
    queues: [
      {
        ...{ queue: 'insights', kind: 'workflow', waiting: 0, oldestSeconds: 0 },
        ...{ addedPerSecond: 3.2, donePerSecond: 3.2, pollers: 10 },
      },
      {
        ...{ queue: 'insights', kind: 'activity', waiting: 14, oldestSeconds: 7 },
        ...{ addedPerSecond: 6.1, donePerSecond: 5.7, pollers: 10 },
      },
      {
        ...{ queue: 'helpscout', kind: 'activity', waiting: 1_204, oldestSeconds: 840 },
        ...{ addedPerSecond: 12.4, donePerSecond: 0, pollers: 0 },
      },
    ],
    connections: 53,
    stuck: [
      { ...about('Northwind', 1), stuck: { why: 'needsReauthorization', sinceMs: hoursAgo(50) } },
      {
        ...about('A company with quite a long name for one line of a narrow screen', 2),
        stuck: { why: 'waits', code: 'rateLimited', sinceMs: hoursAgo(2), untilMs: hoursAgo(-1) },
      },
      { ...about('Globex', 3), stuck: { why: 'scanStands', sinceMs: hoursAgo(1) } },
      { ...about('Initech', 4), stuck: { why: 'notSetUp', sinceMs: hoursAgo(72) } },
    ],
    failures: [
      {
        code: 'rateLimited',
        type: 'conversationSynced',
        count: 1_312,
        organizations: 2,
        lastAt: new Date(hoursAgo(1)),
      },
      { code: 'emailNotUnique', type: 'customerSynced', count: 7, organizations: 1, lastAt: new Date(hoursAgo(9)) },
    ],
    failureHours: 48,
    histories: [
      { ...about('Northwind', 1), events: 23_118, bytes: 31_000_000 },
      { ...about('Globex', 3), events: 812, bytes: 402_000 },
    ],
    ...changes,
  };
}
