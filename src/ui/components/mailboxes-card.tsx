import { integrationHref } from '../links.ts';
import type { IntegrationPageProps } from '../props.ts';
import { CheckboxGroup, PostForm } from './form.tsx';

/** Which mailboxes are read; the first choice starts the scan. */
export function MailboxesCard({ shell, integration, errors }: IntegrationPageProps) {
  const { mailboxes, selectedMailboxIds, state } = integration;
  const first = state === 'awaitingMailboxes';
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
        <PostForm
          action={`${integrationHref(integration.integrationId)}/mailboxes`}
          csrfToken={shell.csrfToken}
          class="form"
        >
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
          <button type="submit" class={`button ${first ? 'primary' : 'secondary'}`}>
            {first ? 'Start the scan' : 'Save mailboxes'}
          </button>
        </PostForm>
      )}
    </section>
  );
}
