import express, { type Express, type RequestHandler } from 'express';
import type { Clock } from './clock.ts';
import { controlRouter } from './control/control-router.ts';
import type { Corpus } from './corpus/corpus-line.ts';
import { createCustomerWrites } from './customer-writes.ts';
import type { Deliverer } from './deliveries/deliverer.ts';
import { articleEndpoints } from './docs/articles.ts';
import { categoryEndpoints } from './docs/categories.ts';
import { collectionEndpoints } from './docs/collections.ts';
import { DocsError } from './docs/docs-http.ts';
import { docsApiKey, docsRateLimit } from './docs/guards.ts';
import { createLibrary } from './docs/library.ts';
import { searchEndpoint } from './docs/search.ts';
import { siteEndpoints } from './docs/sites.ts';
import { pageDrift } from './faults/page-drift.ts';
import { docsErrors, inboxErrors, otherErrors } from './http/answer-errors.ts';
import { notFound } from './http/envelope.ts';
import type { Journal } from './http/journal.ts';
import { createMount, unreadablePath } from './http/mount.ts';
import type { RateWindow } from './http/rate-limit.ts';
import { createConversationWriter } from './inbox/conversation-writer.ts';
import { conversationEndpoints } from './inbox/conversations.ts';
import { customerEndpoints } from './inbox/customers.ts';
import { createCustomerJson } from './inbox/customers-json.ts';
import { bearerToken, inboxRateLimit, jsonOnly } from './inbox/guards.ts';
import type { JsonShapes } from './inbox/json-shapes.ts';
import { mailboxFieldEndpoints } from './inbox/mailbox-fields.ts';
import { mailboxEndpoints } from './inbox/mailboxes.ts';
import { organizationEndpoints } from './inbox/organizations.ts';
import { createRatingJson, ratingEndpoints } from './inbox/ratings.ts';
import { createTagJson, tagEndpoints } from './inbox/tags.ts';
import { teamEndpoints } from './inbox/teams.ts';
import { threadEndpoints } from './inbox/threads.ts';
import { userEndpoints } from './inbox/users.ts';
import { v3Endpoints } from './inbox/v3.ts';
import { webhookEndpoints } from './inbox/webhooks.ts';
import { writeEndpoints } from './inbox/write-endpoints.ts';
import type { Logger } from './logger.ts';
import { authorizeRouter } from './oauth/authorize.tsx';
import { tokenEndpoint } from './oauth/token.ts';
import { controlPageRouter } from './pages/control/routes.tsx';
import { pageRouter } from './pages/routes.tsx';
import { STATUS_PATH, statusPage } from './status-page.ts';
import type { Store } from './store/store.ts';
import type { Switches } from './switches.ts';
import { createWrites } from './writes.ts';

export interface AppDeps {
  store: Store;
  corpus: Corpus;
  referenceMs: number;
  baseUrl: string;
  shapes: JsonShapes;
  journal: Journal;
  deliverer: Deliverer;
  switches: Switches;
  clock: Clock;
  rateWindow: RateWindow;
  /** The limit on quick writes that a switch turns on. */
  burstWindow: RateWindow;
  docsRateWindow: RateWindow;
  appId: string;
  appSecret: string;
  redirectUrl: string;
  docsApiKey: string;
  now: () => number;
  logger: Logger;
}

/** Every route of the sandbox: the Inbox API, its token endpoint, the Docs API, the control API and the pages. */
export function createApp(deps: AppDeps): Express {
  const { store, journal, baseUrl, logger } = deps;
  const library = createLibrary(deps.corpus, deps.referenceMs);
  const tagJson = createTagJson(store, deps.referenceMs);
  const ratingJson = createRatingJson(deps);
  const customerJson = createCustomerJson(deps);
  const customerWrites = createCustomerWrites({ ...deps, customerJson });
  const customerOptions = { ...deps, customerJson, customerWrites };
  const writer = createConversationWriter({ ...deps, tagJson });
  const writes = createWrites({ ...deps, writer, customerWrites });

  const token = [tokenEndpoint(deps)];
  const inbox = [
    ...userEndpoints(deps, deps.referenceMs),
    ...teamEndpoints(deps, deps.referenceMs),
    ...mailboxEndpoints(deps, deps.referenceMs),
    ...mailboxFieldEndpoints(deps),
    ...tagEndpoints(deps, tagJson),
    ...customerEndpoints(customerOptions),
    ...organizationEndpoints(customerOptions),
    ...ratingEndpoints(deps, ratingJson),
    ...conversationEndpoints(deps),
    ...threadEndpoints(deps),
    ...writeEndpoints({ ...deps, writer, customerWrites }),
    ...v3Endpoints(deps),
    ...webhookEndpoints(deps),
  ];
  const docs = [
    ...siteEndpoints(library),
    ...collectionEndpoints(library, baseUrl),
    ...categoryEndpoints(library),
    ...articleEndpoints(library, baseUrl),
    searchEndpoint(library, baseUrl),
  ];
  const templates = new Set([...token, ...inbox, ...docs].map(({ template }) => template));

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);

  app.use(unreadablePath);
  const mount = createMount(app, deps);

  const inboxLimit = inboxRateLimit(deps);
  const bearer = bearerToken(store);
  const tokenLimit: RequestHandler = (request, response, next) =>
    deps.switches.values.oauth.tokenEndpoint === 'counted' ? inboxLimit(request, response, next) : next();
  mount.endpoints(token, tokenLimit, express.urlencoded({ extended: false }));
  app.get('/v2/conversations', pageDrift({ store, writes, switches: deps.switches }));
  mount.endpoints(inbox, inboxLimit, bearer, jsonOnly());
  for (const prefix of ['/v2', '/v3']) {
    mount.rest(prefix, [inboxLimit, bearer], () => {
      throw notFound();
    });
    app.use(prefix, inboxErrors(logger, deps.switches));
  }

  const docsLimit = docsRateLimit(deps.docsRateWindow, journal);
  const apiKey = docsApiKey(deps.docsApiKey);
  mount.endpoints(docs, docsLimit, apiKey);
  mount.rest('/v1', [docsLimit, apiKey], () => {
    throw new DocsError(404, 'Resource not found');
  });
  app.use('/v1', docsErrors(logger));

  app.get(STATUS_PATH, statusPage(deps));
  app.use('/_control', controlRouter({ ...deps, ratingJson, writes, library, templates }));
  app.use(controlPageRouter({ ...deps, templates }));
  app.use(journal.recordPage(), authorizeRouter(deps), pageRouter({ store, writes, library }));
  app.use(otherErrors(logger));
  return app;
}
