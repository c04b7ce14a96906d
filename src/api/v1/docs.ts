import { may, roleFor } from '../../security/permissions.ts';
import { ApiDocsPage } from '../../ui/index.ts';
import { API_DOCS_PATH, OPENAPI_PATH } from '../../ui/links.ts';
import { memberEndpoint, publicEndpoint } from '../endpoint.ts';
import { json, page } from '../reply.ts';
import type { ApiEndpoint } from './api-endpoint.ts';
import { openApiDocument } from './openapi.ts';
import { COMMON_PROBLEMS } from './problems.ts';

/** The document of these endpoints, and the page that shows it. The document holds nothing of any organization. */
export const docsEndpoints = (endpoints: readonly ApiEndpoint[]) => [
  publicEndpoint({
    method: 'get',
    path: OPENAPI_PATH,
    access: 'machine',
    handler: () => {
      const document = openApiDocument(endpoints);
      return async () => json(200, document);
    },
  }),
  memberEndpoint({
    method: 'get',
    path: API_DOCS_PATH,
    access: roleFor('seeInsights'),
    handler:
      () =>
      async ({ organization, member, quietShell }) => {
        const { csrfToken } = await quietShell();
        const problems = Object.entries(COMMON_PROBLEMS).map(([code, problem]) => ({ code, ...problem }));
        return page(
          ApiDocsPage({
            organizationName: organization.name,
            csrfToken,
            documentUrl: OPENAPI_PATH,
            mayManageKeys: may(member.role, 'manageApiKeys'),
            problems,
          }),
        );
      },
  }),
];
