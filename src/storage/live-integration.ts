import type { Integration } from '../domain/integration.ts';
import type { Storage } from './storage.ts';

/** The connection that an organization's customers belong to: the newest that has an account; null when there is none. */
export async function liveIntegration(
  { integrations }: Pick<Storage, 'integrations'>,
  organizationId: string,
): Promise<Integration | null> {
  const all = await integrations.list(organizationId);
  return all.find(({ state }) => state !== 'connecting' && state !== 'disconnected') ?? null;
}
