import type { CustomerState } from '../../domain/customer-record.ts';
import { type Look, LookBadge } from './badge.tsx';

const STATES: Record<CustomerState, Look> = {
  waiting: { text: 'Waiting', tone: 'amber', icon: 'clock' },
  syncing: { text: 'Being sent', tone: 'amber', icon: 'clock' },
  synced: { text: 'Synced', tone: 'green', icon: 'check' },
  failed: { text: 'Failed', tone: 'red', icon: 'cross' },
  dismissed: { text: 'Dismissed', tone: 'neutral', icon: 'skip' },
};

/** The word for each state. */
export const CUSTOMER_STATE_TEXT: Record<CustomerState, string> = {
  waiting: STATES.waiting.text,
  syncing: STATES.syncing.text,
  synced: STATES.synced.text,
  failed: STATES.failed.text,
  dismissed: STATES.dismissed.text,
};

/** How far a customer is on the way to Help Scout. */
export function CustomerStateBadge({ state }: { state: CustomerState }) {
  return <LookBadge look={STATES[state]} />;
}
