import { type Request, type Response, Router, text } from 'express';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { moveTo } from '../../control/clock.ts';
import { ControlError } from '../../control/control-http.ts';
import { addFault, parseFault } from '../../control/faults.ts';
import { idParam, textParam } from '../../http/endpoint.ts';
import type { Journal } from '../../http/journal.ts';
import type { Store } from '../../store/store.ts';
import type { Switches } from '../../switches.ts';
import { switchesPatchSchema } from '../../switches-schema.ts';
import { NotFoundPage } from '../article.tsx';
import { sendPage } from '../render.ts';
import { ControlPage } from './control-page.tsx';
import { faultFrom } from './fault-from-form.ts';
import { switchFields, valueFrom } from './switch-fields.ts';

const SHOWN_ENTRIES = 25;

export interface ControlPageDeps {
  store: Store;
  clock: Clock;
  journal: Journal;
  switches: Switches;
  templates: ReadonlySet<string>;
}

/** The page on which a person turns what the control API turns. Every form posts here and comes back. */
export function controlPageRouter({ store, clock, journal, switches, templates }: ControlPageDeps): Router {
  function send(response: Response, status: number, problem: string | null): void {
    sendPage(
      response,
      status,
      <ControlPage
        problem={problem}
        nowMs={clock.now()}
        offsetMs={clock.offsetMs()}
        faults={store.faults.all()}
        brokenThreads={store.faults.brokenThreads()}
        templates={[...templates].sort()}
        values={switches.values}
        usage={journal.usage()}
        webhooks={store.webhooks.all()}
        requests={journal.latest('request', SHOWN_ENTRIES)}
        deliveries={journal.latest('delivery', SHOWN_ENTRIES)}
        changes={journal.latest('change', SHOWN_ENTRIES)}
      />,
    );
  }

  const router = Router();
  const form = text({ type: 'application/x-www-form-urlencoded', limit: '100kb' });
  /** Runs what a form asks for and returns to the page's part; what is wrong with it is said on the page. */
  const post = (path: string, part: string, act: (entries: URLSearchParams, request: Request) => void) => {
    router.post(path, form, (request, response) => {
      try {
        act(new URLSearchParams(typeof request.body === 'string' ? request.body : ''), request);
      } catch (error) {
        if (error instanceof ControlError) return send(response, error.status, error.message);
        if (error instanceof z.ZodError) return send(response, 400, problemOf(error));
        throw error;
      }
      response.redirect(303, `/sandbox#${part}`);
    });
  };

  router.get('/sandbox', (_request, response) => send(response, 200, null));

  post('/sandbox/clock', 'clock', (entries) => {
    const now = entries.get('now');
    if (entries.has('reset')) clock.advance(-clock.offsetMs());
    // The field knows no time zone; the page says that it is UTC.
    else if (now !== null)
      moveTo(clock, Date.parse(z.iso.datetime().parse(`${now.length === 16 ? `${now}:00` : now}Z`)));
    else moveTo(clock, clock.now() + z.string().pipe(z.coerce.number()).parse(entries.get('advanceSeconds')) * 1000);
  });
  post('/sandbox/faults', 'faults', (entries) => {
    addFault(store, templates, parseFault(faultFrom(entries)));
  });
  post('/sandbox/faults/clear', 'faults', () => store.commit({ kind: 'faultsCleared' }));
  post('/sandbox/faults/:id/remove', 'faults', (_entries, request) =>
    store.commit({ kind: 'faultRemoved', faultId: idParam(request) }),
  );
  post('/sandbox/faults/threads/:id/mend', 'faults', (_entries, request) =>
    store.commit({ kind: 'threadsMended', conversationId: idParam(request) }),
  );
  post('/sandbox/switches/:group', 'switches', (entries, request) => {
    const group = switchFields().find(({ path }) => path === textParam(request, 'group'));
    if (!group) throw new ControlError(404, 'There is no such group of switches.');
    switches.set(switchesPatchSchema.parse({ [group.path]: valueFrom(group, entries) }));
  });
  post('/sandbox/tokens', 'tokens', (entries) => {
    const end = z.enum(['expire', 'revoke']).parse(entries.get('end'));
    store.commit({ kind: end === 'expire' ? 'accessTokensExpired' : 'tokensRevoked' });
  });
  router.use('/sandbox', (_request, response) => sendPage(response, 404, <NotFoundPage />));
  return router;
}

function problemOf({ issues }: z.ZodError): string {
  const problems = issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  return `That cannot be set. ${problems.join('; ')}`;
}
