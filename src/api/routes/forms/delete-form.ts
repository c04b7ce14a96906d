import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { DeleteFormPage } from '../../../ui/index.ts';
import { FORMS_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';

const path = `${FORMS_PATH}/:formId/delete`;
const access = roleFor('manageForms');
const params = z.object({ formId: idParam });

/** Asks before deleting, and tells what stays. */
export const showDeleteForm = memberEndpoint({
  method: 'get',
  path,
  access,
  params,
  handler:
    ({ storage }) =>
    async ({ organizationId, params: { formId }, shell }) => {
      const form = await storage.contactForms.get(organizationId, formId);
      if (!form) throw notFound();
      const counts = await storage.submissions.counts(organizationId, formId);
      const submissions = Object.values(counts).reduce((sum, count) => sum + count, 0);
      return page(DeleteFormPage({ shell: await shell(), form, submissions }));
    },
});

export const deleteForm = memberEndpoint({
  method: 'post',
  path,
  access,
  params,
  handler:
    ({ storage, now }) =>
    async ({ organizationId, params: { formId }, member }) => {
      const form = await storage.contactForms.get(organizationId, formId);
      if (!form || !(await storage.contactForms.remove(organizationId, formId))) throw notFound();
      await storage.auditTrail.record(organizationId, {
        at: now(),
        by: member.email,
        action: 'deleted contact form',
        target: formId,
        details: form.name,
      });
      return redirect(FORMS_PATH, { kind: 'success', text: `${form.name} is deleted; its tickets stay.` });
    },
});
