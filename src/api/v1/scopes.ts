import { API_SCOPES, type ApiScope } from '../../domain/api-key.ts';
import type { Role } from '../../domain/roles.ts';
import { may, type Permission } from '../../security/permissions.ts';

/** What a member must be allowed to do on the pages to have a scope in the API. */
const PERMISSION = {
  'insights:read': 'seeInsights',
  'insights:write': 'changeRecords',
  'log:read': 'seeLog',
  'log:retry': 'retrySyncs',
  'tickets:read': 'createTickets',
  'tickets:write': 'createTickets',
  'customers:read': 'seeCustomers',
  'customers:write': 'manageCustomers',
  'settings:read': 'manageSettings',
  'settings:write': 'manageSettings',
} as const satisfies Record<ApiScope, Permission>;

/** The scopes that somebody signed in has by their role. */
export const scopesOf = (role: Role): ReadonlySet<ApiScope> =>
  new Set(API_SCOPES.filter((scope) => may(role, PERMISSION[scope])));
