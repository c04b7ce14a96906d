import { hasRole } from '../../domain/roles.ts';
import { INTEGRATIONS_PATH } from '../links.ts';
import type { InsightsListProps } from '../props.ts';
import { EmptyState } from './content.tsx';

/** What the Insights page says before the first insight, by how far the organization has come. */
export function NoInsights({ shell, connected, scanning }: InsightsListProps & { scanning: boolean }) {
  if (scanning) {
    return (
      <div class="card">
        <EmptyState icon="inbox" title="The first insights are on their way">
          <p>Conversations are being read from Help Scout. They appear here as they are classified; just stay.</p>
        </EmptyState>
      </div>
    );
  }
  const administrator = hasRole(shell.member.role, 'administrator');
  if (connected) {
    return (
      <div class="card">
        <EmptyState icon="inbox" title="No conversations yet">
          <p>Help Scout is connected. Once mailboxes are chosen and scanned, each conversation becomes an insight.</p>
          {administrator && (
            <p class="empty-actions">
              <a class="button primary" href={INTEGRATIONS_PATH}>
                See the integration
              </a>
            </p>
          )}
        </EmptyState>
      </div>
    );
  }
  return (
    <div class="card">
      <EmptyState icon="inbox" title="Connect Help Scout to see what customers say">
        <p>
          We read your conversations, tell bugs, feature requests, documentation needs and questions apart, and group
          those about the same issue.
        </p>
        {administrator ? (
          <p class="empty-actions">
            <a class="button primary" href={INTEGRATIONS_PATH}>
              Connect Help Scout
            </a>
          </p>
        ) : (
          <p class="sub">An administrator of {shell.organizationName} can connect it under Settings.</p>
        )}
      </EmptyState>
    </div>
  );
}
