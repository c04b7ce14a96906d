import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { SENT_EMAIL_KINDS } from '../../../storage/sent-emails.ts';
import { SentEmailsPage } from '../../../ui/index.ts';
import { SENT_EMAILS_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { textCursor, writeCursor } from '../../readers/cursor.ts';
import { oneOf, queryCursor, queryText } from '../../readers/query-values.ts';
import { page } from '../../reply.ts';

const EMAILS = 50;

/** The e-mails that this product had sent by itself. */
export const showSentEmails = memberEndpoint({
  method: 'get',
  path: SENT_EMAILS_PATH,
  access: roleFor('seeLog'),
  query: z.object({ customer: queryText, kind: oneOf(SENT_EMAIL_KINDS), before: queryCursor }),
  handler:
    ({ storage }) =>
    async ({ organizationId, query, shell }) => {
      const cursor = textCursor(query.before);
      const { emails, next } = await storage.sentEmails.list(organizationId, {
        customerEmail: query.customer.toLowerCase(),
        kind: query.kind ?? undefined,
        limit: EMAILS,
        cursor,
      });
      const filter = { ...query, before: cursor ? query.before : null };
      return page(SentEmailsPage({ shell: await shell(), filter, rows: emails, older: writeCursor(next) }));
    },
});
