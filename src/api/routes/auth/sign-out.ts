import { memberEndpoint } from '../../endpoint.ts';
import { endSession } from '../../middleware/session.ts';
import { redirect } from '../../reply.ts';

export const signOut = memberEndpoint({
  method: 'post',
  path: '/sign-out',
  access: 'member',
  handler:
    () =>
    async ({ req }) => {
      await endSession(req);
      return redirect('/sign-in', { kind: 'success', text: 'You are signed out.' });
    },
});
