import { Router } from 'express';
import type { Clock } from '../clock.ts';
import type { Library } from '../docs/library.ts';
import type { Journal } from '../http/journal.ts';
import { jsonBody } from '../http/mount.ts';
import type { Switches } from '../switches.ts';
import type { Writes } from '../writes.ts';
import { articlesRouter } from './articles.ts';
import { clockRouter } from './clock.ts';
import { ControlError, controlErrors } from './control-http.ts';
import { conversationsRouter } from './conversations.ts';
import { faultsRouter } from './faults.ts';
import { journalRouter } from './journal.ts';
import { mailboxesRouter } from './mailboxes.ts';
import { type RatingDeps, ratingsRouter } from './ratings.ts';
import { switchesRouter } from './switches.ts';
import { tokensRouter } from './tokens.ts';
import { webhooksRouter } from './webhooks.ts';

export interface ControlDeps extends RatingDeps {
  journal: Journal;
  switches: Switches;
  clock: Clock;
  writes: Writes;
  library: Library;
  /** Of every endpoint that a fault may strike. */
  templates: ReadonlySet<string>;
}

/** The control API. */
export function controlRouter(deps: ControlDeps): Router {
  const { store, journal, switches, clock, writes, library, templates, deliverer } = deps;
  const router = Router();
  router.use(jsonBody());
  router.use(journalRouter(journal), conversationsRouter(store, writes), mailboxesRouter(store, writes));
  router.use(faultsRouter(store, templates), switchesRouter(switches), clockRouter(clock), tokensRouter(store));
  router.use(ratingsRouter(deps), webhooksRouter(store, deliverer), articlesRouter(library, deps.now));
  router.use(() => {
    throw new ControlError(404, 'There is no such call.');
  });
  router.use(controlErrors);
  return router;
}
