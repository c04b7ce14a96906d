import type { SubmissionState } from '../../domain/submission.ts';
import { Badge } from './badges.tsx';

const STATES = {
  accepted: { text: 'Accepted', tone: 'amber', icon: 'clock' },
  sending: { text: 'Being sent', tone: 'amber', icon: 'clock' },
  created: { text: 'Created', tone: 'green', icon: 'check' },
  failed: { text: 'Failed', tone: 'red', icon: 'cross' },
  held: { text: 'Held back', tone: 'violet', icon: 'layers' },
  dismissed: { text: 'Dismissed', tone: 'neutral', icon: 'skip' },
  spam: { text: 'Spam', tone: 'neutral', icon: 'skip' },
} as const satisfies Record<SubmissionState, unknown>;

/** Where a submission stands on its way to Help Scout. */
export function SubmissionStateBadge({ state }: { state: SubmissionState }) {
  const { text, tone, icon } = STATES[state];
  return (
    <Badge tone={tone} icon={icon}>
      {text}
    </Badge>
  );
}
