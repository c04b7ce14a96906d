import { hasRole } from '../../domain/roles.ts';
import { StateBadge } from '../components/badges.tsx';
import { ExternalLink, PageHead, Time } from '../components/content.tsx';
import { CheckboxGroup, Field, FormError, PostButton, PostForm } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { Page } from '../components/layout.tsx';
import { plural } from '../format.ts';
import { INTEGRATIONS_PATH, integrationHref } from '../links.ts';
import type { IntegrationPageProps } from '../props.ts';
import { IntegrationProgress } from './integration-progress.tsx';

export function IntegrationPage(props: IntegrationPageProps) {
  const { shell, integration, temporalUrl, errors } = props;
  const { account, state } = integration;
  const ended = state === 'disconnected';
  return (
    <Page shell={shell} title="Help Scout integration">
      <PageHead
        back={{ href: INTEGRATIONS_PATH, text: 'Integrations' }}
        title={account?.name || 'Help Scout account'}
        lead={
          <span class="dots">
            <StateBadge state={state} />
            {account && <span>{account.email}</span>}
            {integration.connectedAt && (
              <span>
                connected <Time at={integration.connectedAt} clock={shell} />
              </span>
            )}
          </span>
        }
        actions={<Actions {...props} />}
      />
      <FormError errors={errors} />
      {state === 'needsReauthorization' && (
        <p class="notice tone-red" role="alert">
          <Icon name="alert" />
          <span>
            Help Scout no longer accepts our access. Reconnect, and everything that waits continues; nothing is lost.
          </span>
        </p>
      )}
      <div class="columns">
        <div class="main-column">
          <IntegrationProgress {...props} />
          {!ended && <Mailboxes {...props} />}
        </div>
        <div class="aside">
          {!ended && <Docs {...props} />}
          <section class="card" aria-labelledby="connection-heading">
            <h2 id="connection-heading">Connection</h2>
            <dl class="facts">
              <dt>Access</dt>
              <dd>
                {integration.tokenExpiresAt ? (
                  <>
                    renewed by itself, valid until <Time at={integration.tokenExpiresAt} clock={shell} exact />
                  </>
                ) : (
                  'none'
                )}
              </dd>
              <dt>Webhook</dt>
              <dd>{integration.webhookActive ? 'active: changes arrive within seconds' : 'not active'}</dd>
              {temporalUrl && hasRole(shell.member.role, 'administrator') && (
                <>
                  <dt>Workflow</dt>
                  <dd>
                    <ExternalLink href={temporalUrl}>Open in Temporal Web</ExternalLink>
                  </dd>
                </>
              )}
            </dl>
            {!ended && (
              <a class="button danger" href={`${integrationHref(integration.integrationId)}/disconnect`}>
                Disconnect…
              </a>
            )}
          </section>
        </div>
      </div>
    </Page>
  );
}

function Actions({ shell, integration }: IntegrationPageProps) {
  const path = integrationHref(integration.integrationId);
  const { csrfToken } = shell;
  const reconnect = (
    <PostButton action={`${INTEGRATIONS_PATH}/connect`} csrfToken={csrfToken} kind="primary">
      Reconnect
    </PostButton>
  );
  switch (integration.state) {
    case 'needsReauthorization':
    case 'disconnected':
      return reconnect;
    case 'paused':
      return (
        <PostButton action={`${path}/resume`} csrfToken={csrfToken} kind="primary">
          Resume
        </PostButton>
      );
    case 'scanning':
      return (
        <PostButton action={`${path}/pause`} csrfToken={csrfToken}>
          Pause
        </PostButton>
      );
    case 'live':
      return (
        <>
          <PostButton action={`${path}/rescan`} csrfToken={csrfToken}>
            Rescan
          </PostButton>
          <PostButton action={`${path}/pause`} csrfToken={csrfToken}>
            Pause
          </PostButton>
        </>
      );
    default:
      return null;
  }
}

function Mailboxes({ shell, integration, errors }: IntegrationPageProps) {
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

function Docs({ shell, integration, errors }: IntegrationPageProps) {
  const { connected, collections, mappedCollectionIds } = integration.docs;
  const path = integrationHref(integration.integrationId);
  return (
    <section class="card" aria-labelledby="docs-heading">
      <h2 id="docs-heading">Docs</h2>
      <p class="sub">
        With your help articles at hand, documentation needs are told from questions, and the article is named.
      </p>
      {connected && collections.length > 0 && (
        <PostForm action={`${path}/docs-mapping`} csrfToken={shell.csrfToken} class="form">
          <CheckboxGroup
            id="collection"
            name="collectionIds"
            legend="Collections to compare with"
            options={collections.map(({ collectionId, name, articles }) => ({
              value: collectionId,
              text: name,
              detail: plural(articles, 'article'),
              checked: mappedCollectionIds.includes(collectionId),
            }))}
            errors={errors}
          />
          <button type="submit" class="button secondary">
            Save collections
          </button>
        </PostForm>
      )}
      <PostForm action={`${path}/docs-key`} csrfToken={shell.csrfToken} class="form">
        <Field
          id="docs-key"
          name="apiKey"
          label={connected ? 'Replace the Docs API key' : 'Docs API key'}
          type="password"
          autocomplete="off"
          help="In Help Scout: Your Profile > Authentication > API Keys."
          required
          errors={errors}
        />
        <button type="submit" class="button secondary">
          {connected ? 'Replace key' : 'Connect Docs'}
        </button>
      </PostForm>
    </section>
  );
}
