import type { ComponentChildren } from 'preact';
import type { ContactForm } from '../../../domain/contact-form.ts';
import type { Integration } from '../../../domain/integration.ts';
import type { OrganizationSettings } from '../../../domain/organization-settings.ts';
import { StateBadge } from '../../components/badges.tsx';
import { PageHead } from '../../components/content.tsx';
import { CheckboxGroup, Field, FormError, PostForm, Select } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { plural } from '../../format.ts';
import {
  API_KEYS_PATH,
  AUDIT_TRAIL_PATH,
  FORMS_PATH,
  formHref,
  HELPSCOUT_SETTINGS_PATH,
  INTEGRATIONS_PATH,
  integrationHref,
  NOTIFICATION_CHANNELS_PATH,
} from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';

/** The fields of all sections, as forms send them. */
export type SettingsValues = Readonly<Record<string, string>>;

/** GET /settings/helpscout; POST to a section below it. */
export interface HelpScoutSettingsPageProps {
  shell: Shell;
  /** Those that are connected or being connected, newest first. */
  integrations: readonly Pick<
    Integration,
    'integrationId' | 'state' | 'account' | 'mailboxes' | 'selectedMailboxIds'
  >[];
  forms: readonly Pick<ContactForm, 'formId' | 'name' | 'enabled'>[];
  apiKeys: number;
  settings: OrganizationSettings;
  /** After a refused form: what was sent instead of what is set. */
  sent?: SettingsValues;
  errors?: FieldErrors;
}

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

export function HelpScoutSettingsPage(props: HelpScoutSettingsPageProps) {
  const { shell, errors } = props;
  return (
    <Page shell={shell} title="HelpScout Settings">
      <PageHead
        title="HelpScout Settings"
        lead="What goes to Help Scout and how, what you are told of, and how long things are kept."
        actions={
          <a class="button secondary" href={AUDIT_TRAIL_PATH}>
            Audit trail
          </a>
        }
      />
      <FormError errors={errors} />
      <div class="settings-grid">
        <Connection {...props} />
        <Forms {...props} />
        <Customers {...props} />
        <Duplicates {...props} />
        <Alerts {...props} />
        <Retention {...props} />
      </div>
    </Page>
  );
}

function Connection({ integrations, apiKeys }: HelpScoutSettingsPageProps) {
  return (
    <section class="card" aria-labelledby="connection-heading">
      <h2 id="connection-heading">Connection</h2>
      {integrations.length === 0 ? (
        <p class="sub">
          Help Scout is not connected. <a href={INTEGRATIONS_PATH}>Connect it</a>
        </p>
      ) : (
        integrations.map((integration) => <ConnectionFacts key={integration.integrationId} integration={integration} />)
      )}
      <p class="link-list">
        <a href={API_KEYS_PATH}>API keys ({apiKeys})</a>
      </p>
    </section>
  );
}

function ConnectionFacts({ integration }: { integration: HelpScoutSettingsPageProps['integrations'][number] }) {
  const { integrationId, state, account, mailboxes, selectedMailboxIds } = integration;
  const chosen = mailboxes.filter(({ mailboxId }) => selectedMailboxIds.includes(mailboxId));
  return (
    <dl class="facts">
      <dt>State</dt>
      <dd>
        <StateBadge state={state} /> <a href={integrationHref(integrationId)}>Open the connection</a>
      </dd>
      <dt>Connected as</dt>
      <dd>{account ? `${account.name}, ${account.email}` : <span class="sub">Nobody yet</span>}</dd>
      <dt>Mailboxes</dt>
      <dd>
        {chosen.length > 0 ? chosen.map(({ name }) => name).join(', ') : <span class="sub">None chosen</span>}
        <span class="sub"> of {plural(mailboxes.length, 'mailbox', 'mailboxes')}</span>
      </dd>
    </dl>
  );
}

function Forms({ forms }: HelpScoutSettingsPageProps) {
  return (
    <section class="card" aria-labelledby="forms-heading">
      <h2 id="forms-heading">Contact forms</h2>
      {forms.length === 0 ? (
        <p class="sub">There is none yet.</p>
      ) : (
        <ul class="plain-rows">
          {forms.map((form) => (
            <li key={form.formId}>
              <a href={formHref(form.formId)}>{form.name}</a>
              {!form.enabled && <span class="sub"> switched off</span>}
            </li>
          ))}
        </ul>
      )}
      <p class="link-list">
        <a href={FORMS_PATH}>Manage contact forms</a>
      </p>
    </section>
  );
}

/** A section with a form of its own: saving one never touches another. */
function Section({
  shell,
  name,
  title,
  lead,
  children,
}: {
  shell: Shell;
  name: string;
  title: string;
  lead: string;
  children: ComponentChildren;
}) {
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

function Customers({ shell, settings: { customers }, sent, errors }: HelpScoutSettingsPageProps) {
  return (
    <Section
      shell={shell}
      name="customers"
      title="Customer sync"
      lead="When changes of customers go to Help Scout. Batches need fewer calls at busy times."
    >
      <Select
        id="customers-mode"
        name="customerMode"
        label="Send changes"
        value={sent?.customerMode ?? customers.mode}
        options={CUSTOMER_MODES}
        errors={errors}
      />
      <Select
        id="customers-email"
        name="emailTaken"
        label="When another Help Scout customer has the e-mail address"
        value={sent?.emailTaken ?? customers.emailTaken}
        options={EMAIL_TAKEN}
        errors={errors}
      />
    </Section>
  );
}

function Duplicates({ shell, settings: { duplicates }, sent, errors }: HelpScoutSettingsPageProps) {
  return (
    <Section
      shell={shell}
      name="duplicates"
      title="Duplicate tickets"
      lead="The same customer sends the same text through the same form again."
    >
      <Select
        id="duplicates-mode"
        name="duplicateMode"
        label="Then"
        value={sent?.duplicateMode ?? duplicates.mode}
        options={DUPLICATE_MODES}
        errors={errors}
      />
      <Amount
        id="duplicates-window"
        name="windowHours"
        label="Within so many hours"
        value={duplicates.windowHours}
        sent={sent}
        errors={errors}
      />
    </Section>
  );
}

function Alerts({ shell, settings: { alerts }, sent, errors }: HelpScoutSettingsPageProps) {
  const on = (name: string, set: boolean) => (sent ? sent[name] !== undefined : set);
  return (
    <Section shell={shell} name="alerts" title="Alerts" lead="What the notifications tell you of.">
      <CheckboxGroup
        id="alert-rate"
        name="successRateOn"
        legend="Success rate"
        options={[{ value: 'on', text: 'Tell me when it falls', checked: on('successRateOn', alerts.successRate.on) }]}
      />
      <Amount
        id="alert-percent"
        name="percent"
        label="Below so many percent"
        value={alerts.successRate.percent}
        sent={sent}
        errors={errors}
      />
      <CheckboxGroup
        id="alert-ticket"
        name="failedTicketOn"
        legend="Failed tickets"
        options={[
          {
            value: 'on',
            text: 'Tell me of every ticket that could not be created',
            checked: on('failedTicketOn', alerts.failedTicket.on),
          },
        ]}
      />
      <CheckboxGroup
        id="alert-silence"
        name="silenceOn"
        legend="Silence"
        options={[
          { value: 'on', text: 'Tell me when nothing comes or goes', checked: on('silenceOn', alerts.silence.on) },
        ]}
      />
      <Amount
        id="alert-hours"
        name="silenceHours"
        label="For so many hours"
        value={alerts.silence.hours}
        sent={sent}
        errors={errors}
      />
      <CheckboxGroup
        id="alert-quiet-hour"
        name="quietHourOn"
        legend="Quiet hours"
        options={[
          {
            value: 'on',
            text: 'Tell me when an hour has far fewer conversations than the same hour of the last four weeks',
            checked: on('quietHourOn', alerts.quietHour.on),
          },
        ]}
      />
      <p class="link-list">
        <a href={NOTIFICATION_CHANNELS_PATH}>Send notifications by e-mail or to a chat</a>
      </p>
    </Section>
  );
}

function Retention({ shell, settings: { retention }, sent, errors }: HelpScoutSettingsPageProps) {
  return (
    <Section shell={shell} name="retention" title="Retention" lead="Older entries are removed once a day, for good.">
      <Amount
        id="retention-log"
        name="logDays"
        label="Days the log is kept"
        value={retention.logDays}
        sent={sent}
        errors={errors}
      />
      <Amount
        id="retention-audit"
        name="auditDays"
        label="Days the audit trail is kept"
        value={retention.auditDays}
        sent={sent}
        errors={errors}
      />
      <p class="help">Exports are written straight to whoever asks for them; no copy is kept here.</p>
    </Section>
  );
}

interface AmountProps {
  id: string;
  name: string;
  label: string;
  value: number;
  sent: SettingsValues | undefined;
  errors: FieldErrors | undefined;
}

function Amount({ value, sent, errors, ...field }: AmountProps) {
  return (
    <Field {...field} type="number" required value={sent?.[field.name] ?? String(value)} {...(errors && { errors })} />
  );
}
