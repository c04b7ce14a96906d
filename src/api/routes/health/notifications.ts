import { z } from 'zod';
import { may, roleFor } from '../../../security/permissions.ts';
import { NotificationsPage } from '../../../ui/index.ts';
import { NOTIFICATIONS_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { textCursor, writeCursor } from '../../readers/cursor.ts';
import { queryCursor } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';

const PAGE = 50;
const access = roleFor('seeLog');

export const showNotifications = memberEndpoint({
  method: 'get',
  path: NOTIFICATIONS_PATH,
  access,
  query: z.object({ before: queryCursor }),
  handler:
    ({ storage }) =>
    async ({ organizationId, member, query, shell }) => {
      const cursor = textCursor(query.before);
      const [{ notifications, next }, readUntil] = await Promise.all([
        storage.notifications.list(organizationId, { limit: PAGE, cursor }),
        storage.notifications.readUntil(organizationId, member.memberId),
      ]);
      return page(
        NotificationsPage({
          shell: await shell(),
          notifications: notifications.map((one) => ({ ...one, unread: readUntil === null || one.at > readUntil })),
          isNewest: cursor === undefined,
          older: writeCursor(next),
          maySet: may(member.role, 'manageSettings'),
        }),
      );
    },
});

/** Marks as read what the page had shown: what has come since stays unread. */
export const markNotificationsRead = memberEndpoint({
  method: 'post',
  path: `${NOTIFICATIONS_PATH}/read`,
  access,
  body: z.object({ until: z.iso.datetime().transform((text) => new Date(text)) }),
  handler:
    ({ storage, now }) =>
    async ({ organizationId, member, body: { until } }) => {
      const past = new Date(Math.min(until.getTime(), now().getTime()));
      await storage.notifications.markRead(organizationId, member.memberId, past);
      return redirect(NOTIFICATIONS_PATH, { kind: 'success', text: 'Marked as read.' });
    },
});
