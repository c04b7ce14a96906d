import { z } from 'zod';
import { PASSWORD_LENGTH, verifyPassword } from '../../../security/passwords.ts';
import { SignInPage } from '../../../ui/index.ts';
import { clientAddress } from '../../client-address.ts';
import { publicEndpoint } from '../../endpoint.ts';
import { startSession } from '../../middleware/session.ts';
import { visitorOf } from '../../middleware/visitor.ts';
import { page, redirect } from '../../reply.ts';
import { safeReturn } from '../../safe-return.ts';

const path = '/sign-in';
const returnToField = z.string().optional().catch(undefined);

export const showSignIn = publicEndpoint({
  method: 'get',
  path,
  access: 'public',
  query: z.object({ next: returnToField }),
  handler:
    ({ storage }) =>
    async ({ query, req, shell }) => {
      const returnTo = safeReturn(query.next);
      if (visitorOf(req)) return redirect(returnTo ?? '/insights');
      if (!(await storage.members.exist())) return redirect('/setup');
      const values = { email: '' };
      return page(SignInPage({ shell: shell(), values, errors: {}, ...(returnTo && { returnTo }) }));
    },
});

/** Answers the same, and as slowly, for an unknown address as for a wrong password. */
export const submitSignIn = publicEndpoint({
  method: 'post',
  path,
  access: 'public',
  body: z.object({
    email: z.string().max(254).catch(''),
    password: z.string().max(PASSWORD_LENGTH.max).catch(''),
    returnTo: returnToField,
  }),
  handler:
    ({ storage, signInLimit, now }) =>
    async ({ body, req, shell }) => {
      const address = clientAddress(req);
      await signInLimit.count(address, body.email);
      const found = await storage.members.credentials(body.email);
      const returnTo = safeReturn(body.returnTo);
      if (!(await verifyPassword(found?.passwordHash ?? null, body.password)) || !found) {
        const errors = { form: 'The e-mail address or the password is wrong.' };
        const values = { email: body.email };
        return page(SignInPage({ shell: shell(), values, errors, ...(returnTo && { returnTo }) }), 401);
      }
      await signInLimit.forgive(address, body.email);
      await storage.members.signedIn(found.organizationId, found.memberId, now());
      await startSession(req, found);
      return redirect(returnTo ?? '/insights');
    },
});
