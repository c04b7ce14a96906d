import { z } from 'zod';

/**
 * What a member may do, least first: `member` sees insights; `manager` also the log; `administrator` also settings,
 * connecting, retrying and members. `operator` runs the installation and is granted apart from an organization.
 */
export const ROLES = ['member', 'manager', 'administrator', 'operator'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** Whether `role` is allowed what `needed` is allowed, inside its own organization. */
export function hasRole(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Operators run the installation for organizations: what customers wrote is none of their business. */
export const mayReadMessages = (role: Role): boolean => role !== 'operator';
