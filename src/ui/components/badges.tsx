import { CATEGORY_TEXT, type Category, type Severity } from '../../domain/category.ts';
import type { InsightOutcome } from '../../domain/insight.ts';
import type { IntegrationState } from '../../domain/integration.ts';
import type { Trend } from '../../domain/pattern.ts';
import type { Attempt, SyncStatus } from '../../domain/sync-event.ts';
import { formatCount, formatDecimal, formatPercent, plural } from '../format.ts';
import { LOW_CONFIDENCE, type TrendSummary } from '../props.ts';
import { Badge, type Look, LookBadge, type Tone } from './badge.tsx';
import { Icon } from './icon.tsx';

const CATEGORY_TONE: Record<Category, Tone> = {
  bug: 'red',
  feature: 'violet',
  documentation: 'amber',
  question: 'neutral',
};
const CATEGORY_SHORT: Record<Category, string> = {
  bug: 'Bug',
  feature: 'Feature',
  documentation: 'Docs',
  question: 'Question',
};
const OUTCOME_TEXT: Record<Exclude<InsightOutcome, 'classified'>, string> = {
  unsure: 'the classifier is not sure enough',
  refused: 'the classifier declined to answer',
  empty: 'the classifier gave no answer',
  malformed: 'the answer had the wrong shape',
  truncated: 'the answer was cut off',
};

export function CategoryBadge({ category }: { category: Category }) {
  return (
    <span class={`badge tone-${CATEGORY_TONE[category]}`} title={CATEGORY_TEXT[category].one}>
      <Icon name={category} />
      {CATEGORY_SHORT[category]}
    </span>
  );
}

/** Category of an insight, or "Needs review" with the reason where the classifier gave none. */
export function OutcomeBadge({ outcome, category }: { outcome: InsightOutcome; category: Category | null }) {
  if (outcome === 'classified' && category) return <CategoryBadge category={category} />;
  const reason = outcome === 'classified' ? 'no category was given' : OUTCOME_TEXT[outcome];
  return (
    <span class="badge tone-amber" title={`Needs review: ${reason}`}>
      <Icon name="alert" />
      Needs review
    </span>
  );
}

/** Share from 0 to 1; a low one says so in a word. */
export function Confidence({ value }: { value: number }) {
  const low = value < LOW_CONFIDENCE;
  return (
    <span class={low ? 'confidence low' : 'confidence'}>
      <svg class="confidence-bar" viewBox="0 0 40 4" width="40" height="4" aria-hidden="true">
        <rect class="track" width="40" height="4" rx="2" />
        <rect class="fill" width={Math.round(value * 40)} height="4" rx="2" />
      </svg>
      {formatPercent(value)}
      {low && <span class="sub"> low</span>}
    </span>
  );
}

const SEVERITY_TONE: Record<Severity, Tone> = { low: 'neutral', medium: 'blue', high: 'amber', critical: 'red' };

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <Badge tone={SEVERITY_TONE[severity]}>{`${severity[0]?.toUpperCase()}${severity.slice(1)} severity`}</Badge>;
}

const TREND: Record<Trend, Look> = {
  new: { text: 'New this week', tone: 'blue', icon: 'spark' },
  back: { text: 'Back after fixed', tone: 'red', icon: 'up' },
  rising: { text: 'Rising', tone: 'red', icon: 'up' },
  steady: { text: 'Steady', tone: 'neutral', icon: 'flat' },
  falling: { text: 'Falling', tone: 'green', icon: 'down' },
  quiet: { text: 'Quiet', tone: 'neutral', icon: 'flat' },
};

/** The numbers behind a trend, as a sentence part. */
export function trendWords({ last7Days, weeklyBefore, customers7Days, weeklyCustomersBefore }: TrendSummary): string {
  const recent = `${plural(last7Days, 'conversation')} of ${plural(customers7Days, 'customer')} in 7 days`;
  return `${recent}; ${formatDecimal(weeklyBefore)} of ${formatDecimal(weeklyCustomersBefore)} a week before`;
}

export function TrendBadge({ summary }: { summary: TrendSummary }) {
  return (
    <span class="stacked">
      <LookBadge look={TREND[summary.trend]} />
      <span class="sub" title={trendWords(summary)}>
        {formatCount(summary.last7Days)} in 7 days, {formatDecimal(summary.weeklyBefore)}/week before
      </span>
    </span>
  );
}

const STATE: Record<IntegrationState, Look> = {
  connecting: { text: 'Connecting', tone: 'blue', icon: 'clock' },
  awaitingMailboxes: { text: 'Choose mailboxes', tone: 'amber', icon: 'alert' },
  scanning: { text: 'Scanning', tone: 'blue', icon: 'clock' },
  live: { text: 'Live', tone: 'green', icon: 'check' },
  paused: { text: 'Paused', tone: 'neutral', icon: 'skip' },
  needsReauthorization: { text: 'Needs reconnecting', tone: 'red', icon: 'alert' },
  disconnected: { text: 'Disconnected', tone: 'neutral', icon: 'cross' },
};

export function StateBadge({ state }: { state: IntegrationState }) {
  return <LookBadge look={STATE[state]} />;
}

const SYNC_STATUS: Record<SyncStatus, Look> = {
  success: { text: 'Success', tone: 'green', icon: 'check' },
  failed: { text: 'Failed', tone: 'red', icon: 'cross' },
  pending: { text: 'Pending', tone: 'amber', icon: 'clock' },
  retrying: { text: 'Pending', tone: 'amber', icon: 'clock' },
  skipped: { text: 'Skipped', tone: 'neutral', icon: 'skip' },
};

/** A retrying row reads as Pending; the attempts beside it say that it was tried before. */
export function SyncStatusBadge({ status, attempts = 0 }: { status: SyncStatus; attempts?: number }) {
  return (
    <span class="stacked">
      <LookBadge look={SYNC_STATUS[status]} />
      {attempts > 1 && <span class="sub">{plural(attempts, 'attempt')}</span>}
      {attempts <= 1 && status === 'retrying' && <span class="sub">trying again</span>}
    </span>
  );
}

const ATTEMPT_STATUS: Record<Attempt['outcome'], SyncStatus> = {
  success: 'success',
  failed: 'failed',
  skipped: 'skipped',
  running: 'pending',
};

export function AttemptBadge({ outcome }: { outcome: Attempt['outcome'] }) {
  return <SyncStatusBadge status={ATTEMPT_STATUS[outcome]} />;
}
