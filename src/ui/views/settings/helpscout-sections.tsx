import type { ComponentChildren } from 'preact';
import { PostForm } from '../../components/form.tsx';
import { AmountSetting, ChoiceSetting, SwitchSetting } from '../../components/setting-fields.tsx';
import { HELPSCOUT_SETTINGS_PATH, NOTIFICATION_CHANNELS_PATH } from '../../links.ts';
import type { Shell } from '../../props.ts';
import type { HelpScoutSettingsPageProps } from './helpscout-settings.tsx';

const CUSTOMER_MODES = [
  { value: 'realTime', text: 'In real time' },
  { value: 'hourly', text: 'Every hour' },
  { value: 'daily', text: 'Every day' },
];
const EMAIL_TAKEN = [
  { value: 'match', text: 'Update the customer who has it' },
  { value: 'report', text: 'Fail, and say so in the log' },
];
const DUPLICATE_MODES = [
  { value: 'hold', text: 'Hold it back until a person decides' },
  { value: 'flag', text: 'Create it, and mark it' },
];

interface SectionProps {
  shell: Shell;
  name: string;
  title: string;
  lead: string;
  children: ComponentChildren;
}

/** A section with a form of its own: saving one never touches another. */
function Section({ shell, name, title, lead, children }: SectionProps) {
  return (
    <section class="card" id={name} aria-labelledby={`${name}-heading`}>
      <h2 id={`${name}-heading`}>{title}</h2>
      <p class="sub">{lead}</p>
      <PostForm action={`${HELPSCOUT_SETTINGS_PATH}/${name}`} csrfToken={shell.csrfToken} class="form">
        {children}
        <button type="submit" class="button secondary">
          {`Save ${title.toLowerCase()}`}
        </button>
      </PostForm>
    </section>
  );
}

/** When and how changes of customers are sent. */
export function Customers({ shell, settings: { customers }, sent, errors }: HelpScoutSettingsPageProps) {
  const form = { sent, errors };
  return (
    <Section
      shell={shell}
      name="customers"
      title="Customer sync"
      lead="When changes of customers go to Help Scout. Batches need fewer calls at busy times."
    >
      <ChoiceSetting
        id="customers-mode"
        name="customerMode"
        label="Send changes"
        set={customers.mode}
        options={CUSTOMER_MODES}
        {...form}
      />
      <ChoiceSetting
        id="customers-email"
        name="emailTaken"
        label="When another Help Scout customer has the e-mail address"
        set={customers.emailTaken}
        options={EMAIL_TAKEN}
        {...form}
      />
    </Section>
  );
}

/** What happens to a ticket that seems to repeat another. */
export function Duplicates({ shell, settings: { duplicates }, sent, errors }: HelpScoutSettingsPageProps) {
  const form = { sent, errors };
  return (
    <Section
      shell={shell}
      name="duplicates"
      title="Duplicate tickets"
      lead="The same customer sends the same text through the same form again."
    >
      <ChoiceSetting
        id="duplicates-mode"
        name="duplicateMode"
        label="Then"
        set={duplicates.mode}
        options={DUPLICATE_MODES}
        {...form}
      />
      <AmountSetting
        id="duplicates-window"
        name="windowHours"
        label="Within so many hours"
        set={duplicates.windowHours}
        {...form}
      />
    </Section>
  );
}

/** What notifications tell of. */
export function Alerts({ shell, settings: { alerts }, sent, errors }: HelpScoutSettingsPageProps) {
  const form = { sent, errors };
  return (
    <Section shell={shell} name="alerts" title="Alerts" lead="What the notifications tell you of.">
      <SwitchSetting
        id="alert-rate"
        name="successRateOn"
        legend="Success rate"
        text="Tell me when it falls"
        on={alerts.successRate.on}
        sent={sent}
      />
      <AmountSetting
        id="alert-percent"
        name="percent"
        label="Below so many percent"
        set={alerts.successRate.percent}
        {...form}
      />
      <SwitchSetting
        id="alert-ticket"
        name="failedTicketOn"
        legend="Failed tickets"
        text="Tell me of every ticket that could not be created"
        on={alerts.failedTicket.on}
        sent={sent}
      />
      <SwitchSetting
        id="alert-silence"
        name="silenceOn"
        legend="Silence"
        text="Tell me when nothing comes or goes"
        on={alerts.silence.on}
        sent={sent}
      />
      <AmountSetting
        id="alert-hours"
        name="silenceHours"
        label="For so many hours"
        set={alerts.silence.hours}
        {...form}
      />
      <SwitchSetting
        id="alert-quiet-hour"
        name="quietHourOn"
        legend="Quiet hours"
        text="Tell me when an hour has far fewer conversations than the same hour of the last four weeks"
        on={alerts.quietHour.on}
        sent={sent}
      />
      <p class="link-list">
        <a href={NOTIFICATION_CHANNELS_PATH}>Send notifications by e-mail or to a chat</a>
      </p>
    </Section>
  );
}

/** How long things are kept. */
export function Retention({ shell, settings: { retention }, sent, errors }: HelpScoutSettingsPageProps) {
  const form = { sent, errors };
  return (
    <Section shell={shell} name="retention" title="Retention" lead="Older entries are removed once a day, for good.">
      <AmountSetting id="retention-log" name="logDays" label="Days the log is kept" set={retention.logDays} {...form} />
      <AmountSetting
        id="retention-audit"
        name="auditDays"
        label="Days the audit trail is kept"
        set={retention.auditDays}
        {...form}
      />
      <p class="help">Exports are written straight to whoever asks for them; no copy is kept here.</p>
    </Section>
  );
}
