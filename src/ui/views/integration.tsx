import { hasRole } from '../../domain/roles.ts';
import { StateBadge } from '../components/badges.tsx';
import { ExternalLink, PageHead, Time } from '../components/content.tsx';
import { DocsCard } from '../components/docs-card.tsx';
import { FormError, PostButton } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { Page } from '../components/layout.tsx';
import { MailboxesCard } from '../components/mailboxes-card.tsx';
import { OtherAppsCard } from '../components/other-apps-card.tsx';
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
        title="Help Scout"
        lead={
          <span class="dots">
            <StateBadge state={state} />
            {account && <span>{account.name}</span>}
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
          {!ended && <MailboxesCard {...props} />}
        </div>
        <div class="aside">
          {!ended && <DocsCard {...props} />}
          {!ended && <OtherAppsCard {...props} />}
          <section class="card" aria-labelledby="connection-heading">
            <h2 id="connection-heading">Connection</h2>
            <dl class="facts">
              <dt>Access</dt>
              <dd>
                {integration.tokenExpiresAt ? (
                  <>
                    Renewed by itself; valid until <Time at={integration.tokenExpiresAt} clock={shell} exact />
                  </>
                ) : (
                  'None'
                )}
              </dd>
              <dt>Webhook</dt>
              <dd>{integration.webhookActive ? 'Active: changes arrive within seconds' : 'Not active yet'}</dd>
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
  switch (integration.state) {
    case 'needsReauthorization':
      return (
        <PostButton
          action={`${INTEGRATIONS_PATH}/connect`}
          csrfToken={csrfToken}
          kind="primary"
          fields={{ integrationId: integration.integrationId }}
        >
          Reconnect
        </PostButton>
      );
    case 'disconnected':
      // Its workflow has ended: connecting again makes a new connection.
      return (
        <PostButton action={`${INTEGRATIONS_PATH}/connect`} csrfToken={csrfToken} kind="primary">
          Connect again
        </PostButton>
      );
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
