import { roleFor } from '../../../security/permissions.ts';
import { InsightsList, InsightsPage } from '../../../ui/index.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { mailboxNames } from '../../readers/insight-rows.ts';
import { insightsList, insightsQuery } from '../../readers/insights-list.ts';
import { fragment, page } from '../../reply.ts';

const access = roleFor('seeInsights');

export const showInsights = memberEndpoint({
  method: 'get',
  path: '/insights',
  access,
  query: insightsQuery,
  handler:
    ({ storage }) =>
    async ({ organizationId, query, shell }) => {
      const [list, integrations] = await Promise.all([
        insightsList(storage, organizationId, query, await shell()),
        storage.integrations.list(organizationId),
      ]);
      const mailboxes = [...mailboxNames(integrations)].map(([mailboxId, name]) => ({ mailboxId, name }));
      return page(InsightsPage({ ...list, mailboxes }));
    },
});

export const showInsightsList = memberEndpoint({
  method: 'get',
  path: '/insights/list',
  access,
  query: insightsQuery,
  handler:
    ({ storage }) =>
    async ({ organizationId, query, quietShell }) =>
      fragment(InsightsList(await insightsList(storage, organizationId, query, await quietShell()))),
});
