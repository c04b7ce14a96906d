import { z } from 'zod';
import { DOCUMENTATION_PROBLEMS } from '../../../domain/documentation-need.ts';
import { roleFor } from '../../../security/permissions.ts';
import { DocumentationPage } from '../../../ui/index.ts';
import { DOCUMENTATION_PATH } from '../../../ui/links.ts';
import { RANGES } from '../../../ui/props.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { documentationNeeds, needFilter } from '../../readers/documentation-needs.ts';
import { insightRows } from '../../readers/insight-rows.ts';
import { oneOf, oneOfOr, queryText } from '../../readers/query-values.ts';
import { page } from '../../reply.ts';

/** More articles than anybody mends at a time; what fails fewer customers comes up once these are mended. */
const MOST = 100;

/** The articles that should have answered, and what none is about. */
export const showDocumentation = memberEndpoint({
  method: 'get',
  path: DOCUMENTATION_PATH,
  access: roleFor('seeInsights'),
  query: z.object({ problem: oneOf(DOCUMENTATION_PROBLEMS), range: oneOfOr(RANGES, '90d'), article: queryText }),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { article, ...filter }, shell: openShell }) => {
      const shell = await openShell();
      const wanted = needFilter(filter, shell);
      const [needs, total, integrations, insights] = await Promise.all([
        documentationNeeds(storage, organizationId, wanted, MOST),
        storage.documentationNeeds.count(organizationId),
        storage.integrations.list(organizationId),
        article === '' ? [] : storage.documentationNeeds.ofArticle(organizationId, article, wanted, MOST),
      ]);
      const title = insights[0]?.documentation?.article?.title;
      const rows = await insightRows(storage, organizationId, insights);
      return page(
        DocumentationPage({
          ...{ shell, filter, total, ...needs },
          chosen: title === undefined ? null : { articleId: article, title, rows },
          docsMapped: integrations.some(({ docs }) => docs.mappedCollectionIds.length > 0),
        }),
      );
    },
});
