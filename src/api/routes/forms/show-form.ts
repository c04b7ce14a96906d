import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ContactForm } from '../../../domain/contact-form.ts';
import { ContactFormPage, embedScript, NoContactFormPage } from '../../../ui/index.ts';
import type { FieldErrors } from '../../../ui/props.ts';
import { publicEndpoint } from '../../endpoint.ts';
import { formContentPolicy } from '../../middleware/security-headers.ts';
import { page, type Reply, text } from '../../reply.ts';
import { type FormProblem, formIsOff, problemHeaders, unknownForm } from './form-problem.ts';

/** Any address: which forms there are is for the page to say, in words. */
const params = z.object({ key: z.string().max(200) });

/** A page about a form, which the form's websites may frame, and nobody keeps. */
export const pageHeaders = (form: ContactForm | null) => ({
  'Cache-Control': 'no-store',
  'Content-Security-Policy': formContentPolicy(framedBy(form)),
});

const framedBy = (form: ContactForm | null): string[] => {
  if (!form) return ["'none'"];
  return form.allowedOrigins.length === 0 ? ['*'] : ["'self'", ...form.allowedOrigins];
};

/** What is shown where there is nothing to fill in. */
export const noFormPage = (problem: FormProblem, form: ContactForm | null): Reply =>
  page(NoContactFormPage(problem), problem.status, { ...pageHeaders(form), ...problemHeaders(problem) });

/** The form to fill in: empty, or with what was typed and why it was not taken. */
export function formPage(
  form: ContactForm,
  refused?: { values: Readonly<Record<string, string>>; errors?: FieldErrors; problem: FormProblem },
): Reply {
  const { values = {}, errors = {}, problem } = refused ?? {};
  const notice = problem && !refused?.errors ? `${problem.sentence} ${problem.remedy}` : null;
  const view = ContactFormPage({ form, values, errors, notice, idempotencyKey: randomUUID() });
  return page(view, problem?.status ?? 200, { ...pageHeaders(form), ...(problem && problemHeaders(problem)) });
}

/** A contact form's own page: stands alone or inside other websites, works without script, knows no session. */
export const showContactForm = publicEndpoint({
  method: 'get',
  path: '/forms/:key',
  access: 'machine',
  params,
  handler:
    ({ storage }) =>
    async ({ params: { key } }) => {
      const form = await storage.contactForms.findByKey(key);
      if (!form) return noFormPage(unknownForm, null);
      return form.enabled ? formPage(form) : noFormPage(formIsOff, form);
    },
});

/** The script that puts the form's page into another website. */
export const showEmbedScript = publicEndpoint({
  method: 'get',
  path: '/forms/:key/embed.js',
  access: 'machine',
  params,
  handler: () => {
    const script = embedScript();
    // The same for every form: whether there is one, the page inside says.
    return async () =>
      text(script, { 'Content-Type': 'text/javascript; charset=utf-8', 'Cache-Control': 'public, max-age=300' });
  },
});
