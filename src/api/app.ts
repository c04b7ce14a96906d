import { WorkflowNotFoundError } from '@temporalio/client';
import express, { type Express, type RequestHandler, Router } from 'express';
import { helpScoutEventsSignal, integrationWorkflowId } from '../workflows/contract.ts';
import type { AppDeps, Deps } from './deps.ts';
import { temporalUnavailable } from './errors.ts';
import { refuseForgedForms } from './middleware/csrf.ts';
import { answerErrors, nothingHere } from './middleware/error-page.ts';
import { observeRequests } from './middleware/observe-requests.ts';
import { requestLog } from './middleware/request-log.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { sessions } from './middleware/session.ts';
import { serveStaticFiles } from './middleware/static-files.ts';
import { beginUpload } from './middleware/upload.ts';
import { recognizeVisitor, requireSignIn } from './middleware/visitor.ts';
import { register } from './register.ts';
import { routes } from './routes.ts';
import { createSignInLimit } from './sign-in-limit.ts';
import { within } from './temporal/deadline.ts';
import { apiRouter } from './v1/router.ts';
import { createEventBatcher } from './webhooks/event-batcher.ts';
import { machineBody } from './webhooks/machine-body.ts';

const WEBHOOK_LIMIT = '1mb';
const FORM_LIMIT = '100kb';
/** Help Scout gives up after about ten seconds; it must hear of a failure before. */
const SIGNAL_MS = 5_000;

/**
 * The web app: pages, forms, and the receiver of Help Scout's webhooks. `close` hands over what webhooks are still
 * gathered; the caller owns server, storage and Temporal connection.
 */
export function createApp(appDeps: AppDeps): { app: Express; close: () => Promise<void> } {
  const batcher = createEventBatcher({
    async deliver(integrationId, events) {
      const handle = appDeps.temporal.workflow.getHandle(integrationWorkflowId(integrationId));
      try {
        await within(appDeps.temporal, SIGNAL_MS, () => handle.signal(helpScoutEventsSignal, events));
      } catch (error) {
        // Help Scout sends it again; by then the workflow may be back.
        throw error instanceof WorkflowNotFoundError ? temporalUnavailable(error) : error;
      }
    },
  });
  const deps: Deps = { ...appDeps, batcher, signInLimit: createSignInLimit(appDeps) };
  const session = sessions(deps);

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.config.trustProxy);
  app.use(requestLog(deps.logger), observeRequests(deps.metrics), securityHeaders(deps.config), serveStaticFiles());

  const forMachines: RequestHandler[] = [machineBody({ limit: WEBHOOK_LIMIT })];
  const form = express.urlencoded({ extended: false, limit: FORM_LIMIT });
  const forPeople: RequestHandler[] = [neverStored, session.handler, recognizeVisitor(deps), form];
  const router = Router();
  for (const endpoint of routes) {
    if (endpoint.access === 'api') continue;
    if (endpoint.access === 'machine') register(router, endpoint, deps, forMachines);
    else if (endpoint.access === 'public') register(router, endpoint, deps, [...forPeople, refuseForgedForms]);
    else register(router, endpoint, deps, [...forPeople, requireSignIn, beginUpload, refuseForgedForms]);
  }
  app.use(router);
  const api = routes.filter((endpoint) => endpoint.access === 'api');
  app.use(apiRouter(deps, api, [session.handler, recognizeVisitor(deps)]));
  // A wrong address shows the menu to people who are signed in.
  app.use(forPeople.slice(0, 3), nothingHere);
  app.use(answerErrors(deps));

  return {
    app,
    async close() {
      await batcher.flush();
      await session.close();
    },
  };
}

/** Pages hold an organization's data: neither a proxy nor the browser's disk keeps them. */
const neverStored: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
