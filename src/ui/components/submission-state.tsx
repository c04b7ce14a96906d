import type { SubmissionState } from '../../domain/submission.ts';
import { type Look, LookBadge } from './badge.tsx';

const STATES: Record<SubmissionState, Look> = {
  accepted: { text: 'Accepted', tone: 'amber', icon: 'clock' },
  sending: { text: 'Being sent', tone: 'amber', icon: 'clock' },
  created: { text: 'Created', tone: 'green', icon: 'check' },
  failed: { text: 'Failed', tone: 'red', icon: 'cross' },
  held: { text: 'Held back', tone: 'violet', icon: 'layers' },
  dismissed: { text: 'Dismissed', tone: 'neutral', icon: 'skip' },
  spam: { text: 'Spam', tone: 'neutral', icon: 'skip' },
};

/** Where a submission stands on its way to Help Scout. */
export function SubmissionStateBadge({ state }: { state: SubmissionState }) {
  return <LookBadge look={STATES[state]} />;
}
