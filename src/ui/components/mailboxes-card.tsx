import { integrationHref } from '../links.ts';
import type { IntegrationPageProps } from '../props.ts';
import { CheckboxGroup } from './form.tsx';
import { ScanEstimatePlace } from './scan-estimate.tsx';
import { ScanPeriodFields } from './scan-period-fields.tsx';

const FORM = 'mailboxes-form';
const USUAL_DAYS = 90;

/** Which mailboxes are read; the first choice starts the scan, later ones scan what they add. */
export function MailboxesCard({ shell, integration, errors, usualWindowDays = USUAL_DAYS }: IntegrationPageProps) {
  const { mailboxes, selectedMailboxIds, state, integrationId } = integration;
  const first = state === 'awaitingMailboxes';
  const open = first || state === 'scanning' || state === 'live';
  const path = integrationHref(integrationId);
  return (
    <section class={first ? 'card emphasis' : 'card'} aria-labelledby="mailboxes-heading">
      <h2 id="mailboxes-heading">Mailboxes</h2>
      {mailboxes.length === 0 ? (
        <p class="sub">
          {state === 'connecting'
            ? 'Asking Help Scout for the mailboxes…'
            : 'The connected user sees no mailbox. Give them access in Help Scout, then reconnect.'}
        </p>
      ) : (
        <form method="post" action={`${path}/mailboxes`} class="form" id={FORM}>
          <input type="hidden" name="_csrf" value={shell.csrfToken} />
          <CheckboxGroup
            id="mailbox"
            name="mailboxIds"
            legend={first ? 'Which mailboxes should be read?' : 'Read the conversations of'}
            options={mailboxes.map(({ mailboxId, name, email }) => ({
              value: String(mailboxId),
              text: name,
              detail: email,
              checked: first || selectedMailboxIds.includes(mailboxId),
            }))}
            errors={errors}
          />
          {open && (
            <>
              <ScanPeriodFields
                id="mailboxes"
                label={first ? 'Earlier conversations to read' : 'Of added mailboxes, read earlier conversations'}
                usualWindowDays={usualWindowDays}
              />
              <ScanEstimatePlace id="mailboxes-estimate" action={`${path}/estimate`} form={FORM} />
            </>
          )}
          {open ? (
            <button type="submit" class={`button ${first ? 'primary' : 'secondary'}`}>
              {first ? 'Start the scan' : 'Save mailboxes'}
            </button>
          ) : (
            <p class="sub">Mailboxes can be changed once it reads again.</p>
          )}
        </form>
      )}
    </section>
  );
}
