import { z } from 'zod';
import { notificationSchema } from '../../domain/notification.ts';
import { roleSchema } from '../../domain/roles.ts';
import { apiEndpoint, pageOf, pageQuery } from './api-endpoint.ts';
import { timeCursor, toPage } from './paging.ts';

const auditEntrySchema = z
  .object({
    entryId: z.string(),
    at: z.date(),
    by: z.string().describe('A member’s address, or `API key NAME`.'),
    action: z.string(),
    target: z.string(),
    details: z.string(),
  })
  .meta({ id: 'AuditEntry', description: 'One thing that a person or a program did.' });

const memberOutSchema = z
  .object({
    memberId: z.string(),
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    createdAt: z.date(),
    lastSignedInAt: z.date().nullable(),
  })
  .meta({ id: 'Member', description: 'A person of the organization.' });

const listAuditTrail = apiEndpoint({
  method: 'get',
  path: '/api/v1/audit-trail',
  scope: 'settings:read',
  tag: 'Organization',
  summary: 'List who did what',
  description: 'Newest first.',
  query: pageQuery({}),
  response: pageOf(auditEntrySchema),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { cursor, limit } }) => {
      const { entries, next } = await storage.auditTrail.list(organizationId, { limit, cursor: timeCursor(cursor) });
      return toPage(entries, next);
    },
});

const listMembers = apiEndpoint({
  method: 'get',
  path: '/api/v1/members',
  scope: 'settings:read',
  tag: 'Organization',
  summary: 'List members',
  description: 'By name.',
  response: z.object({ data: z.array(memberOutSchema) }),
  handler:
    ({ storage }) =>
    async ({ organizationId }) => ({ data: await storage.members.list(organizationId) }),
});

const listNotifications = apiEndpoint({
  method: 'get',
  path: '/api/v1/notifications',
  scope: 'log:read',
  tag: 'Organization',
  summary: 'List notifications',
  description: 'Newest first.',
  query: pageQuery({}),
  response: pageOf(notificationSchema.meta({ id: 'Notification' })),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { cursor, limit } }) => {
      const page = { limit, cursor: timeCursor(cursor) };
      const { notifications, next } = await storage.notifications.list(organizationId, page);
      return toPage(notifications, next);
    },
});

export const organizationApi = [listAuditTrail, listMembers, listNotifications];
