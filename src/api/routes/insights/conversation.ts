import { z } from 'zod';
import { mayReadMessages } from '../../../domain/roles.ts';
import { may, roleFor } from '../../../security/permissions.ts';
import { ConversationPage } from '../../../ui/index.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { correctionOf } from '../../readers/correction.ts';
import { explainedDecision } from '../../readers/explained-decision.ts';
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
    (deps) =>
    async ({ organizationId, params: { conversationId }, member, shell }) => {
      const { storage } = deps;
      const conversation = await storage.conversations.get(organizationId, conversationId);
      if (!conversation) throw notFound();
      const [[insight = null, ...further], integrations, log] = await Promise.all([
        storage.insights.ofConversation(organizationId, conversationId),
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
          further,
          decision: insight && (await explainedDecision(deps, insight, conversation, member.role)),
          ...(may(member.role, 'changeInsights') && {
            correction: await correctionOf(storage, organizationId, conversationId),
          }),
          pattern,
          record: record && recordLink(record),
          log: log.events,
        }),
      );
    },
});
