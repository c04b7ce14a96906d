import type { ClassifierIdentity } from '../../domain/insight.ts';
import type { OrganizationSettings } from '../../domain/organization-settings.ts';
import type { FieldErrors, Shell } from '../props.ts';
import { AmountSetting, ChoiceSetting, SwitchSetting, TextSetting } from './setting-fields.tsx';

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
  const form = { sent, errors };
  return (
    <section class="card" aria-labelledby="reading-heading">
      <h2 id="reading-heading">Reading</h2>
      <SwitchSetting
        id="include-notes"
        name="includeNotes"
        legend="Private notes"
        text="Read private notes too"
        detail="Your team often knows more than the customer wrote. Notes are never quoted."
        on={settings.includeNotes}
        sent={sent}
      />
      <SwitchSetting
        id="confirm-patterns"
        name="confirmPatterns"
        legend="Patterns"
        text="Ask Claude about patterns that may be the same"
        detail="At most three times for ten conversations. Otherwise such pairs are only suggested to people."
        on={settings.confirmPatterns}
        sent={sent}
      />
      <SwitchSetting
        id="batches"
        name="batches"
        legend="Scans"
        text="Send scans to Claude in batches"
        detail="Half the price. Answers take minutes, at most a day. New conversations are still read at once."
        on={settings.batches}
        sent={sent}
      />
      <AmountSetting
        id="review-percent"
        name="reviewPercent"
        label="A person decides below so many percent of confidence"
        set={Math.round(settings.reviewBelow * 100)}
        help="Such conversations get no category and go to the review queue. 0: every answer is taken."
        {...form}
      />
    </section>
  );
}

/** What Claude may cost. */
export function CostSection({ settings, sent, errors }: InsightSettingsPageProps) {
  const form = { sent, errors };
  return (
    <section class="card" aria-labelledby="cost-heading">
      <h2 id="cost-heading">Cost</h2>
      <TextSetting
        id="cap"
        name="dailyCapUsd"
        label="US dollars a day, at most"
        set={String(settings.dailyCapUsd ?? '')}
        help="A day as in UTC. Empty: no limit. Calls under way when it is reached are still paid."
        {...form}
      />
      <ChoiceSetting
        id="at-cap"
        name="atCap"
        label="When it is reached"
        set={settings.atCap}
        options={AT_CAP}
        {...form}
      />
    </section>
  );
}

/** What is made of patterns. */
export function RecordSection({ settings, sent, errors }: InsightSettingsPageProps) {
  const form = { sent, errors };
  return (
    <section class="card" aria-labelledby="records-heading">
      <h2 id="records-heading">Bug reports and feature requests</h2>
      <ChoiceSetting
        id="records"
        name="records"
        label="They are made"
        set={settings.records}
        options={RECORDS}
        {...form}
      />
      <AmountSetting
        id="outcome-days"
        name="outcomeCheckDays"
        label="Days after “done” until we look whether reports stopped"
        set={settings.outcomeCheckDays}
        {...form}
      />
    </section>
  );
}
