import { z } from 'zod';
import { SENT_EMAIL_KINDS, sentEmailSchema } from '../../storage/sent-emails.ts';
import { apiEndpoint, pageOf, pageQuery } from './api-endpoint.ts';
import { timeCursor, toPage } from './paging.ts';

const listSentEmails = apiEndpoint({
  method: 'get',
  path: '/api/v1/sent-emails',
  scope: 'log:read',
  tag: 'Log',
  summary: 'List automated e-mails',
  description: 'Auto-replies and notifications that this product sent, newest first. Their texts are not kept.',
  query: pageQuery({
    kind: z.enum(SENT_EMAIL_KINDS).optional(),
    customerEmail: z.string().trim().toLowerCase().min(1).max(254).optional().describe('The whole address.'),
  }),
  response: pageOf(sentEmailSchema.meta({ id: 'SentEmail' })),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { customerEmail, kind, cursor, limit } }) => {
      const page = { limit, cursor: timeCursor(cursor), kind, ...(customerEmail && { customerEmail }) };
      const { emails, next } = await storage.sentEmails.list(organizationId, page);
      return toPage(emails, next);
    },
});

export const sentEmailApi = [listSentEmails];
