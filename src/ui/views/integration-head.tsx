import type { Integration } from '../../domain/integration.ts';
import { StateBadge } from '../components/badges.tsx';
import { PageHead, Time } from '../components/content.tsx';
import { PostButton } from '../components/form.tsx';
import { INTEGRATIONS_PATH, integrationHref } from '../links.ts';
import type { Shell } from '../props.ts';

interface IntegrationHeadProps {
  shell: Shell;
  integration: Integration;
  /** Whether it takes the place of the one that a page shows. */
  replaces?: boolean;
}

/** What an integration is, the state that it is in, and what can be done in that state. */
export function IntegrationHead({ shell, integration, replaces = false }: IntegrationHeadProps) {
  const { account, connectedAt, state } = integration;
  return (
    <div id="integration-head" {...(replaces && { 'hx-swap-oob': 'outerMorph' })}>
      <PageHead
        back={{ href: INTEGRATIONS_PATH, text: 'Integrations' }}
        title="Help Scout"
        lead={
          <span class="dots">
            <StateBadge state={state} />
            {account && <span>{account.name}</span>}
            {account && <span>{account.email}</span>}
            {connectedAt && (
              <span>
                connected <Time at={connectedAt} clock={shell} />
              </span>
            )}
          </span>
        }
        actions={<Actions shell={shell} integration={integration} />}
      />
    </div>
  );
}

function Actions({ shell: { csrfToken }, integration }: IntegrationHeadProps) {
  const { integrationId, state, scan } = integration;
  const path = integrationHref(integrationId);
  const underWay = scan !== null && scan.state !== 'completed' && scan.state !== 'cancelled';
  const cancel = underWay && (
    <PostButton
      action={`${path}/cancel-scan`}
      csrfToken={csrfToken}
      confirm="Cancel the scan? What was read stays; mailboxes that wait for their scan are not scanned either."
    >
      Cancel scan
    </PostButton>
  );
  switch (state) {
    case 'needsReauthorization':
    case 'disconnected':
      // Also of one that was disconnected: the same account goes on where it was; another one is refused here.
      return (
        <PostButton
          action={`${INTEGRATIONS_PATH}/connect`}
          csrfToken={csrfToken}
          kind="primary"
          fields={{ integrationId }}
        >
          {state === 'disconnected' ? 'Connect again' : 'Reconnect'}
        </PostButton>
      );
    case 'paused':
      return (
        <>
          {cancel}
          <PostButton action={`${path}/resume`} csrfToken={csrfToken} kind="primary">
            Resume
          </PostButton>
        </>
      );
    case 'scanning':
    case 'live':
      return (
        <>
          {cancel}
          <PostButton action={`${path}/pause`} csrfToken={csrfToken}>
            Pause
          </PostButton>
        </>
      );
    default:
      return null;
  }
}
