import type { WhatIfState } from '../../domain/what-if.ts';
import { type Look, LookBadge } from './badge.tsx';

const STATES: Record<WhatIfState, Look> = {
  running: { text: 'Running', tone: 'blue' },
  waiting: { text: 'Waits for the next day', tone: 'amber' },
  ready: { text: 'Ready', tone: 'green' },
  stopped: { text: 'Stopped', tone: 'neutral' },
  failed: { text: 'Failed', tone: 'red' },
  publishing: { text: 'Publishing', tone: 'blue' },
  published: { text: 'Published', tone: 'green' },
  undoing: { text: 'Taking back', tone: 'blue' },
  undone: { text: 'Taken back', tone: 'neutral' },
  discarded: { text: 'Discarded', tone: 'neutral' },
};

export function WhatIfBadge({ state }: { state: WhatIfState }) {
  return <LookBadge look={STATES[state]} />;
}
