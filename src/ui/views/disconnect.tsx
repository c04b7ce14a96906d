import { ConfirmForm } from '../components/confirm-form.tsx';
import { PageHead } from '../components/content.tsx';
import { Page } from '../components/layout.tsx';
import { plural } from '../format.ts';
import { integrationHref } from '../links.ts';
import type { DisconnectPageProps } from '../props.ts';

export function DisconnectPage({ shell, integration, kept }: DisconnectPageProps) {
  const path = integrationHref(integration.integrationId);
  const name = integration.account?.name || 'this Help Scout account';
  return (
    <Page shell={shell} title="Disconnect Help Scout">
      <div class="narrow">
        <PageHead
          back={{ href: path, text: 'Integration' }}
          title="Disconnect Help Scout?"
          lead={`This ends the connection of ${name}. Connecting the same account again later goes on from where it ended.`}
        />
        <section class="card">
          <h2>What stays</h2>
          <ul class="plain-list">
            <li>{plural(kept.insights, 'insight')} and the conversations they came from</li>
            <li>{plural(kept.patterns, 'pattern')}</li>
            <li>{plural(kept.records, 'bug report or feature request', 'bug reports and feature requests')}</li>
            <li>
              {plural(kept.logRows, 'row')} of the HelpScout Log; what failed can be retried once you connect again
            </li>
            <li>The mailboxes you chose, and up to when they were read</li>
          </ul>
          <h2>What is removed</h2>
          <ul class="plain-list">
            <li>The access Help Scout gave us, and the Docs API key</li>
            <li>The webhook in Help Scout: new messages no longer reach us</li>
            <li>A scan that runs now is stopped; what it has not read is read when you connect again</li>
          </ul>
          <ConfirmForm
            action={`${path}/disconnect`}
            csrfToken={shell.csrfToken}
            text="Disconnect"
            keep={{ href: path, text: 'Keep it connected' }}
          />
        </section>
      </div>
    </Page>
  );
}
