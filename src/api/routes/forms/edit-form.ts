import { z } from 'zod';
import type { ContactForm } from '../../../domain/contact-form.ts';
import type { Integration } from '../../../domain/integration.ts';
import { roleFor } from '../../../security/permissions.ts';
import type { ContactFormSettings } from '../../../storage/contact-forms.ts';
import { type FormDraft, FormEditorPage } from '../../../ui/index.ts';
import { FORMS_PATH, formHref } from '../../../ui/links.ts';
import type { FieldErrors } from '../../../ui/props.ts';
import type { Deps } from '../../deps.ts';
import { type MemberVisit, memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';
import { checkDraft } from './check-draft.ts';
import { changeFields, draftOf, newDraft, readDraft } from './form-draft.ts';
import { mailboxChoices, userChoices } from './ticket-choices.ts';

const access = roleFor('manageForms');
const params = z.object({ formId: idParam });
const body = z.record(z.string(), z.unknown());
const newPath = `${FORMS_PATH}/new`;

type Visit = Pick<MemberVisit<unknown, unknown>, 'organizationId' | 'shell'>;
interface Shown {
  form: ContactForm | null;
  draft: FormDraft;
  integrations: readonly Integration[];
  errors?: FieldErrors;
  focus?: string;
}

async function editor({ config }: Deps, { shell }: Visit, { form, draft, integrations, errors, focus }: Shown) {
  const view = FormEditorPage({
    shell: await shell(),
    form,
    draft,
    errors: errors ?? {},
    mailboxes: mailboxChoices(integrations),
    users: userChoices(integrations, form?.assigneeId ?? null),
    focus: focus ?? null,
    publicUrl: config.publicUrl,
  });
  return page(view, errors ? 422 : 200);
}

export const showNewForm = memberEndpoint({
  method: 'get',
  path: newPath,
  access,
  handler: (deps) => async (visit) => {
    const integrations = await deps.storage.integrations.list(visit.organizationId);
    const draft = newDraft(mailboxChoices(integrations)[0]?.value ?? '');
    return editor(deps, visit, { form: null, draft, integrations });
  },
});

export const showForm = memberEndpoint({
  method: 'get',
  path: `${FORMS_PATH}/:formId`,
  access,
  params,
  handler: (deps) => async (visit) => {
    const { organizationId, params } = visit;
    const form = await deps.storage.contactForms.get(organizationId, params.formId);
    if (!form) throw notFound();
    const integrations = await deps.storage.integrations.list(organizationId);
    return editor(deps, visit, { form, draft: draftOf(form), integrations });
  },
});

export const createForm = memberEndpoint({
  method: 'post',
  path: newPath,
  access,
  body,
  handler: (deps) => (visit) => save(deps, visit, null),
});

export const saveForm = memberEndpoint({
  method: 'post',
  path: `${FORMS_PATH}/:formId`,
  access,
  params,
  body,
  handler: (deps) => async (visit) => {
    const form = await deps.storage.contactForms.get(visit.organizationId, visit.params.formId);
    if (!form) throw notFound();
    return save(deps, visit, form);
  },
});

type Submitted = Visit & { member: { email: string }; body: Record<string, unknown> };

/** Saves, unless a button asked for a field more, less, or elsewhere: then the editor goes on with what was typed. */
async function save(deps: Deps, visit: Submitted, form: ContactForm | null) {
  const { storage, now } = deps;
  const { organizationId } = visit;
  const integrations = await storage.integrations.list(organizationId);
  const draft = readDraft(visit.body);
  const changed = changeFields(draft, String(visit.body.action ?? ''));
  if (changed) return editor(deps, visit, { form, integrations, ...changed });
  const { settings, errors } = checkDraft(draft, integrations, form);
  if (!settings) return editor(deps, visit, { form, integrations, draft, errors });

  const saved = form
    ? await storage.contactForms.update(organizationId, form.formId, settings)
    : await storage.contactForms.create(organizationId, settings);
  if (!saved) throw notFound();
  await storage.auditTrail.record(organizationId, {
    at: now(),
    by: visit.member.email,
    action: form ? 'changed contact form' : 'created contact form',
    target: saved.formId,
    details: form ? `${saved.name}: ${changedParts(form, settings).join(', ') || 'nothing'}` : saved.name,
  });
  const text = form
    ? 'The form is saved.'
    : 'The form is there. Put it on your website with one of the snippets below.';
  return redirect(formHref(saved.formId), { kind: 'success', text });
}

const PART_NAMES: Record<keyof ContactFormSettings, string> = {
  integrationId: 'account',
  name: 'name',
  mailboxId: 'mailbox',
  fields: 'fields',
  assigneeId: 'assignee',
  tags: 'tags',
  autoReplyText: 'auto-reply',
  allowedOrigins: 'websites',
  enabled: 'on or off',
};

/** What a change touched, in words, for the audit trail. */
const changedParts = (form: ContactForm, settings: ContactFormSettings): string[] =>
  Object.entries(PART_NAMES).flatMap(([part, name]) => {
    const key = part as keyof ContactFormSettings;
    return JSON.stringify(form[key]) === JSON.stringify(settings[key]) ? [] : [name];
  });
