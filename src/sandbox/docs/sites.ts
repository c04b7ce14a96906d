import { type Endpoint, textParam } from '../http/endpoint.ts';
import { docsPage, docsPageSchema, found, parseDocsQuery, sendDocs } from './docs-http.ts';
import type { Library, Site } from './library.ts';

export function siteEndpoints(library: Library): Endpoint[] {
  const siteJson = (site: Site) => ({
    id: site.id,
    status: 'active',
    subDomain: site.subDomain,
    cname: null,
    hasPublicSite: true,
    companyName: 'Sandbox',
    title: 'Sandbox Help',
    logoUrl: null,
    homeUrl: null,
    hasContactForm: false,
    mailboxId: null,
    contactEmail: null,
    createdBy: library.createdBy,
    updatedBy: null,
    createdAt: library.createdAt,
    updatedAt: null,
  });

  return [
    {
      method: 'GET',
      template: '/v1/sites',
      handle(request, response) {
        sendDocs(response, docsPage('sites', [library.site], parseDocsQuery(docsPageSchema, request.query), siteJson));
      },
    },
    {
      method: 'GET',
      template: '/v1/sites/{id}',
      handle(request, response) {
        const isKnown = textParam(request, 'id') === library.site.id;
        sendDocs(response, { site: siteJson(found(isKnown ? library.site : undefined)) });
      },
    },
  ];
}
