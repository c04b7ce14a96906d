import { hasRole, type Role } from '../domain/roles.ts';

/** What people do, and the least role that may. Routes and views ask here, so that both give one answer. */
const NEEDED_ROLE = {
  seeInsights: 'member',
  changeRecords: 'manager',
  /** Correct insights; merge, split and dismiss patterns. */
  changeInsights: 'manager',
  /** Taxonomy, classifier, cost cap, publishing another way of classifying. */
  manageInsights: 'administrator',
  seeLog: 'manager',
  seeCustomers: 'manager',
  createTickets: 'manager',
  manageForms: 'administrator',
  manageCustomers: 'administrator',
  manageSettings: 'administrator',
  manageApiKeys: 'administrator',
  /** Advanced diagnostics of the installation. */
  diagnose: 'operator',
  seeTemporal: 'administrator',
  manageIntegrations: 'administrator',
  retrySyncs: 'administrator',
  manageMembers: 'administrator',
  /** Erase a customer, or the whole organization. */
  eraseData: 'administrator',
} as const satisfies Record<string, Role>;
export type Permission = keyof typeof NEEDED_ROLE;

export function roleFor(permission: Permission): Role {
  return NEEDED_ROLE[permission];
}

export function may(role: Role, permission: Permission): boolean {
  return hasRole(role, NEEDED_ROLE[permission]);
}
