import { MailboxesCard } from '../components/mailboxes-card.tsx';
import { RescanCard } from '../components/rescan-card.tsx';
import type { IntegrationPageProps } from '../props.ts';

/** What can be chosen about reading; `replaces`: the part of a page that shows another state. */
export function IntegrationCards({ replaces = false, ...props }: IntegrationPageProps & { replaces?: boolean }) {
  const { state } = props.integration;
  return (
    <div id="integration-cards" {...(replaces && { 'hx-swap-oob': 'true' })}>
      {state !== 'disconnected' && <MailboxesCard {...props} />}
      {state === 'live' && <RescanCard {...props} />}
    </div>
  );
}
