import { publicEndpoint } from '../../endpoint.ts';
import { visitorOf } from '../../middleware/visitor.ts';
import { redirect } from '../../reply.ts';

/** The first page: set-up, sign-in or the insights, whichever comes next. */
export const home = publicEndpoint({
  method: 'get',
  path: '/',
  access: 'public',
  handler:
    ({ storage }) =>
    async ({ req }) => {
      if (visitorOf(req)) return redirect('/insights');
      return redirect((await storage.members.exist()) ? '/sign-in' : '/setup');
    },
});
