import type { Integration } from '../../domain/integration.ts';

/** A mailbox as forms send it: ids of mailboxes are those of one Help Scout account. */
export const mailboxValue = ({ integrationId, mailboxId }: { integrationId: string; mailboxId: number }) =>
  `${integrationId}/${mailboxId}`;

/** The connected integration and its selected mailbox that a form named; null for any other. */
export function chosenMailbox(integrations: readonly Integration[], value: string) {
  for (const integration of integrations) {
    if (integration.state === 'disconnected') continue;
    const { integrationId, selectedMailboxIds } = integration;
    const mailboxId = selectedMailboxIds.find((id) => mailboxValue({ integrationId, mailboxId: id }) === value);
    if (mailboxId !== undefined) return { integration, mailboxId };
  }
  return null;
}

/** Who tickets go to: a user of the account, nobody, or undefined for a value that is neither. */
export function chosenAssignee(integration: Integration | undefined, value: string, kept: number | null) {
  if (value === '') return null;
  const known = integration?.users.some(({ userId }) => String(userId) === value) || String(kept) === value;
  return known ? Number(value) : undefined;
}
