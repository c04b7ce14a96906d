import { z } from 'zod';
import { mayReadMessages } from '../../../domain/roles.ts';
import { may, roleFor } from '../../../security/permissions.ts';
import { ConversationPage } from '../../../ui/index.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { mailboxNames } from '../../readers/insight-rows.ts';
import { recordLink } from '../../readers/pattern-rows.ts';
import { numberParam } from '../../readers/query-values.ts';
import { page } from '../../reply.ts';

const LOG_ROWS = 20;

export const showConversation = memberEndpoint({
  method: 'get',
  path: '/conversations/:conversationId',
  access: roleFor('seeInsights'),
  params: z.object({ conversationId: numberParam }),
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { conversationId }, member, shell }) => {
      const conversation = await storage.conversations.get(organizationId, conversationId);
      if (!conversation) throw notFound();
      const [insight, integrations, log] = await Promise.all([
        storage.insights.get(organizationId, conversationId),
        storage.integrations.list(organizationId),
        may(member.role, 'seeLog')
          ? storage.syncEvents.list(organizationId, { conversationId }, { limit: LOG_ROWS })
          : { events: [] },
      ]);
      const patternId = insight?.patternId;
      const [pattern, record] = patternId
        ? await Promise.all([
            storage.patterns.get(organizationId, patternId),
            storage.issueRecords.byPattern(organizationId, patternId),
          ])
        : [null, null];
      return page(
        ConversationPage({
          shell: await shell(),
          conversation: mayReadMessages(member.role) ? conversation : { ...conversation, threads: [] },
          mailboxName: mailboxNames(integrations).get(conversation.mailboxId) ?? '',
          insight,
          pattern,
          record: record && recordLink(record),
          log: log.events,
        }),
      );
    },
});
