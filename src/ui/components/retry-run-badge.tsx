import type { RetryItemOutcome, RetryRunState } from '../../domain/retry-run.ts';
import { type Look, LookBadge } from './badge.tsx';

const STATE: Record<RetryRunState, Look> = {
  preview: { text: 'Looking up', tone: 'blue', icon: 'clock' },
  review: { text: 'Waits for your go', tone: 'amber', icon: 'alert' },
  canary: { text: 'Trying one', tone: 'blue', icon: 'clock' },
  canaryFailed: { text: 'The first one failed', tone: 'red', icon: 'cross' },
  running: { text: 'Retrying', tone: 'blue', icon: 'clock' },
  finished: { text: 'Done', tone: 'green', icon: 'check' },
  cancelled: { text: 'Stopped', tone: 'neutral', icon: 'skip' },
};

export function RetryRunBadge({ state }: { state: RetryRunState }) {
  return <LookBadge look={STATE[state]} />;
}

/** What people read of each result; the sentence says what it means for the row. */
export const RETRY_OUTCOME_TEXT: Record<RetryItemOutcome, Look & { sentence: string }> = {
  success: { text: 'Worked', tone: 'green', icon: 'check', sentence: '' },
  failed: { text: 'Failed again', tone: 'red', icon: 'cross', sentence: '' },
  skipped: { text: 'Nothing to do', tone: 'neutral', icon: 'skip', sentence: 'There was nothing left to do.' },
  settled: { text: 'Settled meanwhile', tone: 'neutral', icon: 'skip', sentence: 'It was dealt with before its turn.' },
  running: {
    text: 'Under way',
    tone: 'amber',
    icon: 'clock',
    sentence: 'A try is running; its row shows how it ends.',
  },
  restarted: {
    text: 'Started anew',
    tone: 'blue',
    icon: 'clock',
    sentence: 'Its workflow had ended; a new one does it now, and its row shows how that ends.',
  },
  gone: { text: 'Cannot be retried', tone: 'neutral', icon: 'cross', sentence: 'What it belongs to is gone.' },
  notTried: { text: 'Not tried', tone: 'neutral', icon: 'skip', sentence: 'The run was stopped before its turn.' },
};

export function RetryOutcomeBadge({ outcome }: { outcome: RetryItemOutcome }) {
  return <LookBadge look={RETRY_OUTCOME_TEXT[outcome]} />;
}
