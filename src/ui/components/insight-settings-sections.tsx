import type { ClassifierIdentity } from '../../domain/insight.ts';
import type { OrganizationSettings } from '../../domain/organization-settings.ts';
import type { FieldErrors, Shell } from '../props.ts';
import { CheckboxGroup, Field, Select } from './form.tsx';

/** GET and POST /settings/insights. */
export interface InsightSettingsPageProps {
  shell: Shell;
  settings: OrganizationSettings['insights'];
  /** Who classifies where nothing else is set. */
  installation: ClassifierIdentity;
  /** After a refused form: what was sent instead of what is set. */
  sent?: Readonly<Record<string, string>>;
  errors?: FieldErrors;
}

const AT_CAP = [
  { value: 'wait', text: 'Wait for the next day; nothing is lost' },
  { value: 'offline', text: 'Go on with the offline model, which costs nothing' },
];
const RECORDS = [
  { value: 'automatic', text: 'By themselves, from the second customer' },
  { value: 'approval', text: 'After a person approved them' },
];

/** What is read of a conversation, and when a person decides. */
export function ReadingSection({ settings, sent, errors }: InsightSettingsPageProps) {
  const on = (name: string, set: boolean) => (sent ? sent[name] !== undefined : set);
  return (
    <section class="card" aria-labelledby="reading-heading">
      <h2 id="reading-heading">Reading</h2>
      <CheckboxGroup
        id="include-notes"
        name="includeNotes"
        legend="Private notes"
        options={[
          {
            value: 'on',
            text: 'Read private notes too',
            detail: 'Your team often knows more than the customer wrote. Notes are never quoted.',
            checked: on('includeNotes', settings.includeNotes),
          },
        ]}
      />
      <CheckboxGroup
        id="confirm-patterns"
        name="confirmPatterns"
        legend="Patterns"
        options={[
          {
            value: 'on',
            text: 'Ask Claude about patterns that may be the same',
            detail: 'At most three times for ten conversations. Otherwise such pairs are only suggested to people.',
            checked: on('confirmPatterns', settings.confirmPatterns),
          },
        ]}
      />
      <CheckboxGroup
        id="batches"
        name="batches"
        legend="Scans"
        options={[
          {
            value: 'on',
            text: 'Send scans to Claude in batches',
            detail: 'Half the price. Answers take minutes, at most a day. New conversations are still read at once.',
            checked: on('batches', settings.batches),
          },
        ]}
      />
      <Field
        id="review-percent"
        name="reviewPercent"
        label="A person decides below so many percent of confidence"
        type="number"
        required
        value={sent?.reviewPercent ?? String(Math.round(settings.reviewBelow * 100))}
        help="Such conversations get no category and go to the review queue. 0: every answer is taken."
        {...(errors && { errors })}
      />
    </section>
  );
}

/** What Claude may cost. */
export function CostSection({ settings, sent, errors }: InsightSettingsPageProps) {
  return (
    <section class="card" aria-labelledby="cost-heading">
      <h2 id="cost-heading">Cost</h2>
      <Field
        id="cap"
        name="dailyCapUsd"
        label="US dollars a day, at most"
        value={sent?.dailyCapUsd ?? String(settings.dailyCapUsd ?? '')}
        help="A day as in UTC. Empty: no limit. Calls under way when it is reached are still paid."
        {...(errors && { errors })}
      />
      <Select
        id="at-cap"
        name="atCap"
        label="When it is reached"
        value={sent?.atCap ?? settings.atCap}
        options={AT_CAP}
        {...(errors && { errors })}
      />
    </section>
  );
}

/** What is made of patterns. */
export function RecordSection({ settings, sent, errors }: InsightSettingsPageProps) {
  return (
    <section class="card" aria-labelledby="records-heading">
      <h2 id="records-heading">Bug reports and feature requests</h2>
      <Select
        id="records"
        name="records"
        label="They are made"
        value={sent?.records ?? settings.records}
        options={RECORDS}
        {...(errors && { errors })}
      />
      <Field
        id="outcome-days"
        name="outcomeCheckDays"
        label="Days after “done” until we look whether reports stopped"
        type="number"
        required
        value={sent?.outcomeCheckDays ?? String(settings.outcomeCheckDays)}
        {...(errors && { errors })}
      />
    </section>
  );
}
