import type { Integration } from '../../../domain/integration.ts';
import type { Choice } from '../../../ui/index.ts';
import { mailboxValue } from '../../readers/ticket-target.ts';

const connected = (integrations: readonly Integration[]) =>
  integrations.filter(({ state }) => state !== 'disconnected');

/** The mailboxes that tickets can go to: those that were chosen for the integration. */
export function mailboxChoices(integrations: readonly Integration[]): Choice[] {
  return connected(integrations).flatMap(({ integrationId, mailboxes, selectedMailboxIds }) =>
    mailboxes
      .filter(({ mailboxId }) => selectedMailboxIds.includes(mailboxId))
      .map(({ mailboxId, name, email }) => ({
        value: mailboxValue({ integrationId, mailboxId }),
        text: email === '' ? name : `${name} (${email})`,
      })),
  );
}

/** Whom tickets can be assigned to. One that Help Scout no longer lists is named by its id, so that it can stay. */
export function userChoices(integrations: readonly Integration[], kept: number | null): Choice[] {
  const users = connected(integrations).flatMap(({ users }) => users);
  const choices = users.map(({ userId, name, email }) => ({ value: String(userId), text: name || email }));
  if (kept === null || choices.some(({ value }) => value === String(kept))) return choices;
  return [...choices, { value: String(kept), text: `User ${kept}, no longer listed by Help Scout` }];
}
