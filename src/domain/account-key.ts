import type { Integration } from './integration.ts';

/** Whose limit an integration's calls count against. A company id is the account, a user id the next best. */
export function accountKeyOf({
  account,
  integrationId,
}: Pick<Integration, 'integrationId'> & {
  account: Pick<NonNullable<Integration['account']>, 'companyId' | 'userId'> | null;
}): string {
  if (!account) return `integration:${integrationId}`;
  return account.companyId === null ? `user:${account.userId}` : `company:${account.companyId}`;
}
