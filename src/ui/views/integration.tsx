import { hasRole } from '../../domain/roles.ts';
import { ExternalLink, Time } from '../components/content.tsx';
import { DocsCard } from '../components/docs-card.tsx';
import { Fact } from '../components/fact.tsx';
import { FormError } from '../components/form.tsx';
import { Page } from '../components/layout.tsx';
import { OtherAppsCard } from '../components/other-apps-card.tsx';
import { COVERAGE_PATH, integrationHref } from '../links.ts';
import type { IntegrationPageProps } from '../props.ts';
import { IntegrationCards } from './integration-cards.tsx';
import { IntegrationHead } from './integration-head.tsx';
import { IntegrationProgress } from './integration-progress.tsx';

export function IntegrationPage(props: IntegrationPageProps) {
  const { shell, integration, temporalUrl, errors } = props;
  const ended = integration.state === 'disconnected';
  return (
    <Page shell={shell} title="Help Scout integration">
      <IntegrationHead {...props} />
      <FormError errors={errors} />
      <div class="columns">
        <div class="main-column">
          <IntegrationProgress {...props} />
          <IntegrationCards {...props} />
        </div>
        <div class="aside">
          {!ended && <DocsCard {...props} />}
          {!ended && <OtherAppsCard {...props} />}
          <section class="card" aria-labelledby="connection-heading">
            <h2 id="connection-heading">Connection</h2>
            <dl class="facts">
              <Fact name="Access">
                {integration.tokenExpiresAt ? (
                  <>
                    Renewed by itself; valid until <Time at={integration.tokenExpiresAt} clock={shell} exact />
                  </>
                ) : (
                  'None'
                )}
              </Fact>
              <Fact name="Webhook">
                {integration.webhookActive ? 'Active: changes arrive within seconds' : 'Not active yet'}
              </Fact>
              <Fact name="Coverage">
                <a href={COVERAGE_PATH}>Was everything seen?</a>
              </Fact>
              {temporalUrl && hasRole(shell.member.role, 'administrator') && (
                <Fact name="Workflow">
                  <ExternalLink href={temporalUrl}>Open in Temporal Web</ExternalLink>
                </Fact>
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
