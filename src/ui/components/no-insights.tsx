import { hasRole } from '../../domain/roles.ts';
import { INTEGRATIONS_PATH } from '../links.ts';
import type { InsightsListProps } from '../props.ts';
import { EmptyCard } from './content.tsx';

/** What the Insights page says before the first insight, by how far the organization has come. */
export function NoInsights({ shell, connected, scanning }: InsightsListProps & { scanning: boolean }) {
  if (scanning) {
    return (
      <EmptyCard icon="inbox" title="The first insights are on their way">
        <p>Conversations are being read from Help Scout. They appear here as they are classified; just stay.</p>
      </EmptyCard>
    );
  }
  const administrator = hasRole(shell.member.role, 'administrator');
  if (connected) {
    return (
      <EmptyCard
        icon="inbox"
        title="No conversations yet"
        action={administrator && { href: INTEGRATIONS_PATH, text: 'See the integration', kind: 'primary' }}
      >
        <p>Help Scout is connected. Once mailboxes are chosen and scanned, each conversation becomes an insight.</p>
      </EmptyCard>
    );
  }
  return (
    <EmptyCard
      icon="inbox"
      title="Connect Help Scout to see what customers say"
      action={administrator && { href: INTEGRATIONS_PATH, text: 'Connect Help Scout', kind: 'primary' }}
    >
      <p>
        We read your conversations, tell bugs, feature requests, documentation needs and questions apart, and group
        those about the same issue.
      </p>
      {!administrator && <p class="sub">An administrator of {shell.organizationName} can connect it under Settings.</p>}
    </EmptyCard>
  );
}
