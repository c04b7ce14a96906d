import { z } from 'zod';
import { type ContactForm, contactFormSchema, formFieldSchema } from '../../domain/contact-form.ts';
import { contactFormHref } from '../../ui/links.ts';
import type { Deps } from '../deps.ts';
import { checkDraft } from '../routes/forms/check-draft.ts';
import { draftOf, MOST_FIELDS } from '../routes/forms/form-draft.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { id } from './parameters.ts';
import { apiProblem } from './problems.ts';

const tag = 'Contact forms';
const path = '/api/v1/contact-forms';
const params = z.object({ formId: id('Of the form.') });

const formOutSchema = contactFormSchema
  .omit({ organizationId: true })
  .extend({ url: z.string().describe('The form’s public page; submissions go to `/submissions` below it.') })
  .meta({ id: 'ContactForm', description: 'A contact form: where its submissions go, and what it asks.' });

const fieldInput = z.strictObject(formFieldSchema.shape);
const settingsInput = z.strictObject({
  integrationId: z.string().min(1).max(200),
  mailboxId: z.int().describe('One of the integration’s selected mailboxes.'),
  name: z.string().trim().min(1).max(120),
  fields: z
    .array(fieldInput)
    .min(2)
    .max(MOST_FIELDS)
    .describe('One of purpose `email` and one of purpose `message`, at most one each of `name` and `subject`.'),
  assigneeId: z.int().nullable().default(null),
  tags: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
  autoReplyText: z.string().max(10_000).default(''),
  allowedOrigins: z.array(z.string().max(300)).max(50).default([]).describe('Empty: any.'),
  enabled: z.boolean().default(true),
});
const changesInput = z.strictObject({
  ...settingsInput.partial().shape,
  assigneeId: z.int().nullable().optional(),
  tags: settingsInput.shape.tags.unwrap().optional(),
  autoReplyText: settingsInput.shape.autoReplyText.unwrap().optional(),
  allowedOrigins: settingsInput.shape.allowedOrigins.unwrap().optional(),
  enabled: z.boolean().optional(),
});

const toForm = ({ config }: Pick<Deps, 'config'>, form: ContactForm) => ({
  ...form,
  url: `${config.publicUrl}${contactFormHref(form.key)}`,
});

/** The settings by the rules of the editor's page. @throws RequestProblem 422 */
async function checked({ storage }: Deps, form: Omit<ContactForm, 'key' | 'formId'>, kept: ContactForm | null) {
  const integrations = await storage.integrations.list(form.organizationId);
  const { settings, errors } = checkDraft(draftOf({ ...form, key: '', formId: '' }), integrations, kept);
  if (settings) return settings;
  const fields = Object.entries(errors).map(([name, text]) => [fieldName(name), text ?? ''] as const);
  throw apiProblem('invalidBody', { fields: Object.fromEntries(fields) });
}

/** Where the editor's names stand in JSON: `field-2-label` is `fields.2.label`. */
const fieldName = (name: string) =>
  name === 'mailbox' ? 'mailboxId' : name.replace(/^field-(\d+)-/, (_whole, index: string) => `fields.${index}.`);

async function ownForm({ storage }: Deps, organizationId: string, formId: string) {
  const form = await storage.contactForms.get(organizationId, formId);
  if (!form) throw apiProblem('notFound');
  return form;
}

const audit = ({ storage, now }: Deps, form: ContactForm, by: string, action: string) =>
  storage.auditTrail.record(form.organizationId, {
    at: now(),
    by,
    action: `${action} contact form`,
    target: form.formId,
    details: form.name,
  });

const listForms = apiEndpoint({
  method: 'get',
  path,
  scope: 'settings:read',
  tag,
  summary: 'List contact forms',
  description: 'By name.',
  response: z.object({ data: z.array(formOutSchema) }),
  handler:
    (deps) =>
    async ({ organizationId }) => {
      const forms = await deps.storage.contactForms.list(organizationId);
      return { data: forms.map((form) => toForm(deps, form)) };
    },
});

const getForm = apiEndpoint({
  method: 'get',
  path: `${path}/:formId`,
  scope: 'settings:read',
  tag,
  summary: 'Get one contact form',
  params,
  response: formOutSchema,
  handler:
    (deps) =>
    async ({ organizationId, params: { formId } }) =>
      toForm(deps, await ownForm(deps, organizationId, formId)),
});

const createForm = apiEndpoint({
  method: 'post',
  path,
  scope: 'settings:write',
  tag,
  summary: 'Create a contact form',
  body: settingsInput,
  status: 201,
  response: formOutSchema,
  handler:
    (deps) =>
    async ({ organizationId, caller, body }) => {
      const now = deps.now();
      const settings = await checked(deps, { ...body, organizationId, createdAt: now, updatedAt: now }, null);
      const form = await deps.storage.contactForms.create(organizationId, settings);
      await audit(deps, form, caller.by, 'created');
      return toForm(deps, form);
    },
});

const changeForm = apiEndpoint({
  method: 'patch',
  path: `${path}/:formId`,
  scope: 'settings:write',
  tag,
  summary: 'Change a contact form',
  description: 'What is absent stays as it is; `fields`, `tags` and `allowedOrigins` are replaced whole.',
  params,
  body: changesInput,
  response: formOutSchema,
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { formId }, body }) => {
      const before = await ownForm(deps, organizationId, formId);
      const named = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const settings = await checked(deps, { ...before, ...named }, before);
      const form = await deps.storage.contactForms.update(organizationId, formId, settings);
      if (!form) throw apiProblem('notFound');
      await audit(deps, form, caller.by, 'changed');
      return toForm(deps, form);
    },
});

const deleteForm = apiEndpoint({
  method: 'delete',
  path: `${path}/:formId`,
  scope: 'settings:write',
  tag,
  summary: 'Delete a contact form',
  description: 'What was submitted through it stays.',
  params,
  handler:
    (deps) =>
    async ({ organizationId, caller, params: { formId } }) => {
      const form = await ownForm(deps, organizationId, formId);
      if (!(await deps.storage.contactForms.remove(organizationId, formId))) throw apiProblem('notFound');
      await audit(deps, form, caller.by, 'deleted');
      return undefined;
    },
});

export const contactFormApi = [listForms, getForm, createForm, changeForm, deleteForm];
