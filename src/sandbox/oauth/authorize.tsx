import { randomBytes } from 'node:crypto';
import { type Response, Router, urlencoded } from 'express';
import { z } from 'zod';
import { Page } from '../pages/layout.tsx';
import { sendPage } from '../pages/render.ts';
import type { Store } from '../store/store.ts';
import { hashOf } from '../store/tokens.ts';
import type { Switches } from '../switches.ts';

const AUTHORIZE_PATH = '/authentication/authorizeClientApplication';

export interface AuthorizeDeps {
  store: Store;
  appId: string;
  redirectUrl: string;
  switches: Switches;
  now: () => number;
}

const querySchema = z.object({
  client_id: z.string(),
  state: z.string().optional(),
  redirect_uri: z.string().optional(),
});
const formSchema = querySchema.extend({ decision: z.enum(['authorize', 'deny']) });

/** The page on which a person lets an app in, and what its two buttons do. */
export function authorizeRouter({ store, appId, redirectUrl, switches, now }: AuthorizeDeps): Router {
  /** The browser always returns to the app's registered address; whether another one in the request is refused is a switch. */
  function problemOf(input: z.infer<typeof querySchema>): string | undefined {
    if (input.client_id !== appId) return 'No app has this client_id.';
    const isChecked = switches.values.oauth.redirectUri === 'checked';
    if (isChecked && input.redirect_uri !== undefined && input.redirect_uri !== redirectUrl) {
      return 'redirect_uri is not the address registered for this app.';
    }
    return undefined;
  }

  const router = Router();
  router.get(AUTHORIZE_PATH, (request, response) => {
    const query = querySchema.safeParse(request.query);
    const problem = query.success ? problemOf(query.data) : 'client_id is missing.';
    if (!query.success || problem !== undefined) return sendProblem(response, problem ?? '');
    const { name, email } = ownerOf(store);
    sendPage(
      response,
      200,
      <Page title="Authorize an app">
        <h1>Authorize an app</h1>
        <p>
          The app <strong>{appId}</strong> asks to read and change the conversations that <strong>{name}</strong> (
          {email}) can see.
        </p>
        <form method="post" action={AUTHORIZE_PATH} class="actions">
          <input type="hidden" name="client_id" value={query.data.client_id} />
          {query.data.state !== undefined && <input type="hidden" name="state" value={query.data.state} />}
          <button type="submit" name="decision" value="authorize">
            Authorize
          </button>
          <button type="submit" name="decision" value="deny" class="secondary">
            Deny
          </button>
        </form>
        <p class="muted">You will return to {new URL(redirectUrl).origin}.</p>
      </Page>,
    );
  });

  router.post(AUTHORIZE_PATH, urlencoded({ extended: false }), (request, response) => {
    const form = formSchema.safeParse(request.body);
    const problem = form.success ? problemOf(form.data) : 'The form is incomplete.';
    if (!form.success || problem !== undefined) return sendProblem(response, problem ?? '');
    const target = new URL(redirectUrl);
    if (form.data.decision === 'deny') {
      target.searchParams.set('error', 'access_denied');
    } else {
      const code = randomBytes(24).toString('hex');
      const lifetimeMs = switches.values.oauth.codeLifetimeSeconds * 1000;
      store.commit({ kind: 'codeIssued', hash: hashOf(code), expiresAtMs: Math.floor(now()) + lifetimeMs });
      target.searchParams.set('code', code);
    }
    if (form.data.state !== undefined) target.searchParams.set('state', form.data.state);
    response.redirect(302, target.href);
  });
  return router;
}

function ownerOf(store: Store): { name: string; email: string } {
  const { first, last, email } = store.directory.owner();
  return { name: `${first} ${last}`, email };
}

function sendProblem(response: Response, problem: string): void {
  sendPage(
    response,
    400,
    <Page title="This app cannot be authorized">
      <h1>This app cannot be authorized</h1>
      <p>{problem}</p>
    </Page>,
  );
}
