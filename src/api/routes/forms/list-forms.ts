import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { FormsPage } from '../../../ui/index.ts';
import { FORMS_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';

const access = roleFor('manageForms');
const WEEK_MS = 7 * 86_400_000;

export const showForms = memberEndpoint({
  method: 'get',
  path: FORMS_PATH,
  access,
  handler:
    ({ storage, now }) =>
    async ({ organizationId, shell }) => {
      const [forms, integrations, recent] = await Promise.all([
        storage.contactForms.list(organizationId),
        storage.integrations.list(organizationId),
        storage.submissions.countsByForm(organizationId, new Date(now().getTime() - WEEK_MS)),
      ]);
      const rows = await Promise.all(
        forms.map(async ({ formId, name, enabled, integrationId, mailboxId }) => {
          const integration = integrations.find((candidate) => candidate.integrationId === integrationId);
          const mailbox = integration?.mailboxes.find((candidate) => candidate.mailboxId === mailboxId);
          const { submissions } = await storage.submissions.list(organizationId, { formId, limit: 1 });
          return {
            formId,
            name,
            enabled,
            mailboxName: mailbox?.name ?? 'No longer there',
            recent: recent.get(formId) ?? 0,
            lastAt: submissions[0]?.receivedAt ?? null,
          };
        }),
      );
      return page(FormsPage({ shell: await shell(), rows }));
    },
});

/** Switches a form on or off, from the list. */
export const switchForm = memberEndpoint({
  method: 'post',
  path: `${FORMS_PATH}/:formId/switch`,
  access,
  params: z.object({ formId: idParam }),
  body: z.object({ enabled: z.enum(['yes', 'no']).catch('no') }),
  handler:
    ({ storage, now }) =>
    async ({ organizationId, params: { formId }, body, member }) => {
      const enabled = body.enabled === 'yes';
      const form = await storage.contactForms.update(organizationId, formId, { enabled });
      if (!form) throw notFound();
      await storage.auditTrail.record(organizationId, {
        at: now(),
        by: member.email,
        action: enabled ? 'switched contact form on' : 'switched contact form off',
        target: formId,
        details: form.name,
      });
      return redirect(FORMS_PATH, {
        kind: 'success',
        text: enabled ? `${form.name} takes messages.` : `${form.name} takes no messages; visitors are told so.`,
      });
    },
});
