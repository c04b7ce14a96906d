import { z } from 'zod';
import { SetupPage } from '../../../ui/index.ts';
import { publicEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { emailField, nameField, newPasswordField } from '../../forms.ts';
import { startSession } from '../../middleware/session.ts';
import { page, redirect } from '../../reply.ts';
import { serverTimeZone, setUp } from '../../set-up.ts';

const path = '/setup';

export const showSetup = publicEndpoint({
  method: 'get',
  path,
  access: 'public',
  handler:
    ({ storage }) =>
    async ({ shell }) => {
      if (await storage.members.exist()) throw notFound();
      const values = { organizationName: '', name: '', email: '' };
      return page(SetupPage({ shell: shell(), values, errors: {} }));
    },
});

/** Makes the first organization and administrator, and signs them in. Gone once there is one. */
export const submitSetup = publicEndpoint({
  method: 'post',
  path,
  access: 'public',
  body: z.object({
    organizationName: nameField('the name of your organization'),
    name: nameField('your name'),
    email: emailField,
    password: newPasswordField,
  }),
  handler:
    ({ storage, now }) =>
    async ({ body, req }) => {
      const member = await setUp(storage, { ...body, timeZone: serverTimeZone() });
      if (!member) throw notFound();
      await storage.members.signedIn(member.organizationId, member.memberId, now());
      await startSession(req, member);
      return redirect('/settings/integrations', { kind: 'success', text: 'Set up. Next, connect Help Scout.' });
    },
  refused:
    ({ storage }) =>
    async ({ shell, errors, sent }) => {
      if (await storage.members.exist()) throw notFound();
      const { organizationName = '', name = '', email = '' } = sent;
      return page(SetupPage({ shell: shell(), values: { organizationName, name, email }, errors }), 422);
    },
});
