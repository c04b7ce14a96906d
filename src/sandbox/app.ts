import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { Clock } from './clock.ts';
import { clockRouter } from './control/clock.ts';
import { controlErrors } from './control/control-http.ts';
import { conversationsRouter } from './control/conversations.ts';
import { faultsRouter } from './control/faults.ts';
import { journalRouter } from './control/journal.ts';
import { mailboxesRouter } from './control/mailboxes.ts';
import { ratingsRouter } from './control/ratings.ts';
import { switchesRouter } from './control/switches.ts';
import { tokensRouter } from './control/tokens.ts';
import { webhooksRouter } from './control/webhooks.ts';
import type { Corpus } from './corpus/corpus-line.ts';
import { createCustomerWrites } from './customer-writes.ts';
import type { Deliverer } from './deliveries/deliverer.ts';
import { articleEndpoints } from './docs/articles.ts';
import { categoryEndpoints } from './docs/categories.ts';
import { collectionEndpoints } from './docs/collections.ts';
import { DocsError, sendDocsError } from './docs/docs-http.ts';
import { docsApiKey, docsRateLimit } from './docs/guards.ts';
import { createLibrary } from './docs/library.ts';
import { searchEndpoint } from './docs/search.ts';
import { siteEndpoints } from './docs/sites.ts';
import { injectedFaults } from './faults/injected-fault.ts';
import { pageDrift } from './faults/page-drift.ts';
import { type Endpoint, expressPath } from './http/endpoint.ts';
import { ApiError, notFound, sendError, sendUnparseable } from './http/envelope.ts';
import type { Journal } from './http/journal.ts';
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

const UNKNOWN = '(unknown)';
/** How much the original takes is not certain; calls that carry attachments say a limit of their own. */
const BODY_LIMIT = '1mb';
const REGISTER = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

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

  /** Faults strike once the limit has counted the call, except those that cut the connection before anything. */
  const mount = (endpoints: Endpoint[], limit: RequestHandler, ...guards: RequestHandler[]) => {
    for (const endpoint of endpoints) {
      const faults = injectedFaults(deps, endpoint);
      app[REGISTER[endpoint.method]](
        expressPath(endpoint.template),
        journal.recordCall(endpoint),
        faults.beforeAll,
        limit,
        faults.beforeHandling,
        ...guards,
        express.json({ limit: endpoint.bodyLimit ?? BODY_LIMIT }),
        endpoint.handle,
      );
    }
  };
  /** What no endpoint answers passes the same guards, is journaled and ends as 404. */
  const mountRest = (prefix: string, guards: RequestHandler[], refuse: RequestHandler) => {
    app.use(prefix, (request, response, next) => {
      const template = `${prefix}/${UNKNOWN}`;
      journal.recordCall({ method: request.method, template })(request, response, next);
    });
    app.use(prefix, ...guards, refuse);
  };

  const json = express.json({ limit: BODY_LIMIT });
  const inboxLimit = inboxRateLimit(deps);
  const bearer = bearerToken(store);
  const tokenLimit: RequestHandler = (request, response, next) =>
    deps.switches.values.oauth.tokenEndpoint === 'counted' ? inboxLimit(request, response, next) : next();
  mount(token, tokenLimit, express.urlencoded({ extended: false }));
  app.get('/v2/conversations', pageDrift({ store, writes, switches: deps.switches }));
  mount(inbox, inboxLimit, bearer, jsonOnly());
  for (const prefix of ['/v2', '/v3']) {
    mountRest(prefix, [inboxLimit, bearer], () => {
      throw notFound();
    });
    app.use(prefix, inboxErrors(logger));
  }

  const docsLimit = docsRateLimit(deps.docsRateWindow, journal);
  const apiKey = docsApiKey(deps.docsApiKey);
  mount(docs, docsLimit, apiKey);
  mountRest('/v1', [docsLimit, apiKey], () => {
    throw new DocsError(404, 'Resource not found');
  });
  app.use('/v1', docsErrors(logger));

  app.use('/_control', json, journalRouter(journal), conversationsRouter(store, writes));
  app.use('/_control', faultsRouter(store, templates), switchesRouter(deps.switches), clockRouter(deps.clock));
  app.use('/_control', mailboxesRouter(store, writes));
  app.use('/_control', ratingsRouter({ ...deps, ratingJson }));
  app.use('/_control', tokensRouter(store), webhooksRouter(store, deps.deliverer), controlErrors);

  app.use(controlPageRouter({ ...deps, templates }));
  app.use(journal.recordPage(), authorizeRouter(deps), pageRouter({ store, writes, library }));
  app.use(lastErrors(logger));
  return app;
}

function inboxErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (error instanceof ApiError) return sendError(response, error);
    const { type, status } = parserErrorOf(error);
    if (type === 'entity.parse.failed') return sendUnparseable(response);
    if (status === 413) return sendError(response, new ApiError(413, 'Request Entity Too Large'));
    if (status !== undefined) return sendError(response, new ApiError(400, 'Bad request'));
    logger.error({ err: error }, 'the sandbox failed to answer');
    sendError(response, new ApiError(500, 'Internal Server Error'));
  };
}

function docsErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (error instanceof DocsError) return sendDocsError(response, error);
    logger.error({ err: error }, 'the sandbox failed to answer');
    sendDocsError(response, { status: 500, message: 'Internal Server Error' });
  };
}

/** For the control API and the pages: what a body parser refuses is the sender's fault, the rest is ours. */
function lastErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const { status } = parserErrorOf(error);
    if (status !== undefined) return void response.status(status).json({ error: 'The request cannot be read.' });
    logger.error({ err: error }, 'the sandbox failed to answer');
    response.status(500).json({ error: 'The sandbox failed to answer.' });
  };
}

/** Express's parsers (body, path) throw errors with a client status; the message may quote the body and is not used. */
function parserErrorOf(error: unknown): { type?: unknown; status?: number } {
  if (!(error instanceof Error) || !('status' in error)) return {};
  const { status } = error;
  if (typeof status !== 'number' || status < 400 || status >= 500) return {};
  return { status, type: 'type' in error ? error.type : undefined };
}
