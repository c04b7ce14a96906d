import type { ContactForm } from '../../../domain/contact-form.ts';
import type { Integration } from '../../../domain/integration.ts';
import type { OrganizationSettings } from '../../../domain/organization-settings.ts';
import { StateBadge } from '../../components/badges.tsx';
import { PageHead } from '../../components/content.tsx';
import { Fact } from '../../components/fact.tsx';
import { FormError } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { plural } from '../../format.ts';
import {
  API_KEYS_PATH,
  AUDIT_TRAIL_PATH,
  FORMS_PATH,
  formHref,
  INTEGRATIONS_PATH,
  integrationHref,
} from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';
import { Alerts, Customers, Duplicates, Retention } from './helpscout-sections.tsx';

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
      <Fact name="State">
        <StateBadge state={state} /> <a href={integrationHref(integrationId)}>Open the connection</a>
      </Fact>
      <Fact name="Connected as">
        {account ? `${account.name}, ${account.email}` : <span class="sub">Nobody yet</span>}
      </Fact>
      <Fact name="Mailboxes">
        {chosen.length > 0 ? chosen.map(({ name }) => name).join(', ') : <span class="sub">None chosen</span>}
        <span class="sub"> of {plural(mailboxes.length, 'mailbox', 'mailboxes')}</span>
      </Fact>
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
