import type { Integration } from '../../domain/integration.ts';
import { StateBadge } from '../components/badges.tsx';
import { PageHead, Time } from '../components/content.tsx';
import { PostButton } from '../components/form.tsx';
import { Icon } from '../components/icon.tsx';
import { Page } from '../components/layout.tsx';
import { ListCard } from '../components/list-card.tsx';
import { plural } from '../format.ts';
import { INTEGRATIONS_PATH, integrationHref } from '../links.ts';
import type { IntegrationsPageProps, Shell } from '../props.ts';

export function IntegrationsPage({ shell, integrations }: IntegrationsPageProps) {
  const connected = integrations.some(({ state }) => state !== 'disconnected');
  return (
    <Page shell={shell} title="Integrations">
      <PageHead title="Integrations" lead="Where the conversations come from." />
      <section class="card connect-card" aria-labelledby="helpscout-heading">
        <span class="app-icon">
          <Icon name="inbox" />
        </span>
        <div>
          <h2 id="helpscout-heading">Help Scout</h2>
          <p>
            Reads the conversations of the mailboxes you choose, and your Docs articles if you like. Nothing is written
            to Help Scout while it reads.
          </p>
          {!connected && (
            <ol class="steps">
              <li>Allow access on Help Scout’s own page.</li>
              <li>Choose mailboxes.</li>
              <li>Watch the first insights arrive.</li>
            </ol>
          )}
        </div>
        <PostButton
          action={`${INTEGRATIONS_PATH}/connect`}
          csrfToken={shell.csrfToken}
          kind={connected ? 'secondary' : 'primary'}
        >
          {connected ? 'Connect another account' : 'Connect Help Scout'}
        </PostButton>
      </section>
      {integrations.length > 0 && (
        <ListCard id="connections" title="Connections">
          <ul class="rows">
            {integrations.map((integration) => (
              <Connection key={integration.integrationId} integration={integration} shell={shell} />
            ))}
          </ul>
        </ListCard>
      )}
    </Page>
  );
}

function Connection({ integration, shell }: { integration: Integration; shell: Shell }) {
  const { account, selectedMailboxIds, connectedAt, createdAt } = integration;
  return (
    <li>
      <div>
        <a class="row-title" href={integrationHref(integration.integrationId)}>
          {account?.name || 'Help Scout account'}
        </a>
        <p class="sub dots">
          {account && <span>{account.email}</span>}
          <span>{plural(selectedMailboxIds.length, 'mailbox', 'mailboxes')}</span>
          <span>
            {connectedAt ? 'connected ' : 'started '}
            <Time at={connectedAt ?? createdAt} clock={shell} />
          </span>
        </p>
      </div>
      <StateBadge state={integration.state} />
    </li>
  );
}
