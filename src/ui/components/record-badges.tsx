import type { Priority, RecordStatus } from '../../domain/issue-record.ts';
import { Badge, type Tone } from './badge.tsx';

const RECORD_TONE: Record<RecordStatus, Tone> = {
  new: 'blue',
  triaged: 'violet',
  planned: 'violet',
  inProgress: 'amber',
  done: 'green',
  dismissed: 'neutral',
};
export const RECORD_STATUS_TEXT: Record<RecordStatus, string> = {
  new: 'New',
  triaged: 'Triaged',
  planned: 'Planned',
  inProgress: 'In progress',
  done: 'Done',
  dismissed: 'Dismissed',
};

export function RecordStatusBadge({ status }: { status: RecordStatus }) {
  return <Badge tone={RECORD_TONE[status]}>{RECORD_STATUS_TEXT[status]}</Badge>;
}

const PRIORITY_TONE: Record<Priority, Tone> = { urgent: 'red', high: 'amber', medium: 'blue', low: 'neutral' };

export function PriorityBadge({ priority }: { priority: Priority }) {
  return <Badge tone={PRIORITY_TONE[priority]}>{`${priority[0]?.toUpperCase()}${priority.slice(1)}`}</Badge>;
}
