import { z } from 'zod';
import { roleSchema } from './roles.ts';

/** What a key of the public API may be allowed, each with the words that people read. */
export const API_SCOPES = [
  'insights:read',
  'insights:write',
  'log:read',
  'log:retry',
  'tickets:read',
  'tickets:write',
  'customers:read',
  'customers:write',
  'settings:read',
  'settings:write',
] as const;
export const apiScopeSchema = z.enum(API_SCOPES);
export type ApiScope = z.infer<typeof apiScopeSchema>;

export const API_SCOPE_TEXT: Record<ApiScope, string> = {
  'insights:read': 'Read insights, patterns, bug reports, feature requests and conversations',
  'insights:write': 'Work on insights: review them, change patterns, bug reports, feature requests and approvals',
  'log:read': 'Read and export the log, failures, health, API usage and notifications',
  'log:retry': 'Retry, correct and dismiss failed syncs',
  'tickets:read': 'Read submissions: what tickets are made from',
  'tickets:write': 'Create tickets',
  'customers:read': 'Read customers',
  'customers:write': 'Create and change customers',
  'settings:read': 'Read integrations, contact forms, settings, members and the audit trail',
  'settings:write': 'Change contact forms and settings; pause, resume and rescan integrations',
};

export const API_KEY_NAME_LENGTH = 80;

/** A key of the public API as people see it: never the key itself, which is stored as a hash. */
export const apiKeySchema = z.object({
  keyId: z.string(),
  organizationId: z.string(),
  name: z.string(),
  /** The first characters, by which people tell their keys apart. */
  preview: z.string(),
  scopes: z.array(apiScopeSchema),
  /** Address of the member who made it. */
  createdBy: z.string(),
  /** The role they had: a key of an operator reads no messages either. */
  role: roleSchema.default('administrator'),
  createdAt: z.date(),
  /** At most a minute old while the key is in use; null before its first use. */
  lastUsedAt: z.date().nullable(),
  /** Null never expires. */
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** Why a key opens nothing, or null while it does. */
export function apiKeyEnd({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: Date) {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt <= now ? 'expired' : null;
}
