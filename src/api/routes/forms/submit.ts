import type { Request } from 'express';
import type { ContactForm } from '../../../domain/contact-form.ts';
import { readAnswers, type SentValues } from '../../../domain/form-answers.ts';
import { TRAP_FIELD } from '../../../ui/index.ts';
import { contactFormHref } from '../../../ui/links.ts';
import { clientAddress } from '../../client-address.ts';
import { acceptSubmission } from '../../commands/accept-submission.ts';
import type { Deps } from '../../deps.ts';
import { publicEndpoint } from '../../endpoint.ts';
import { empty, json, type Reply, redirect } from '../../reply.ts';
import { answerOrigin, PREFLIGHT_HEADERS, readableBy } from './form-origin.ts';
import { formKeyParams } from './form-params.ts';
import {
  type FormProblem,
  formIsOff,
  idempotencyKeyReused,
  idempotencyKeyUnfit,
  notKept,
  originRefused,
  problemReply,
  tooManySubmissions,
  unfitFields,
  unknownForm,
} from './form-problem.ts';
import { contentDigest, formSubmission } from './form-submission.ts';
import { readBody } from './read-body.ts';
import { formPage, noFormPage } from './show-form.ts';
import { createSubmissionLimit } from './submission-limit.ts';

const path = '/forms/:key/submissions';

/** Browsers that load pages say so; everything else gets JSON. */
export const wantsPage = (req: Request) => req.accepts(['json', 'html']) === 'html';

/** Whether a browser's script may post here from its website. */
export const preflight = publicEndpoint({
  method: 'options',
  path,
  access: 'machine',
  params: formKeyParams,
  handler:
    ({ storage, config }) =>
    async ({ params: { key }, req }) => {
      const form = await storage.contactForms.findByKey(key);
      if (!form) return problemReply(unknownForm);
      const { allowed, headers } = answerOrigin(config, form, req);
      return allowed ? empty(204, { ...headers, ...PREFLIGHT_HEADERS }) : problemReply(originRefused, headers);
    },
});

/**
 * Takes what people write into a contact form. The answer comes once submission and log row are kept: 202 for programs,
 * the thank-you page for browsers. What does not fit is kept too, as a failed row, and answered 422.
 */
export const submitContactForm = publicEndpoint({
  method: 'post',
  path,
  access: 'machine',
  params: formKeyParams,
  handler: (deps) => {
    const { storage, config, logger } = deps;
    const secondsToWait = createSubmissionLimit(deps);
    return async ({ params: { key }, req }) => {
      const asPage = wantsPage(req);
      const form = await storage.contactForms.findByKey(key);
      if (!form) return asPage ? noFormPage(unknownForm, null) : problemReply(unknownForm, readableBy('*'));
      const origin = answerOrigin(config, form, req);
      if (!origin.allowed) {
        return asPage ? noFormPage(originRefused, form) : problemReply(originRefused, origin.headers);
      }
      if (!form.enabled) return asPage ? noFormPage(formIsOff, form) : problemReply(formIsOff, origin.headers);

      const body = readBody(req);
      const refuse = (problem: FormProblem): Reply => {
        if (!asPage) return problemReply(problem, origin.headers);
        return formPage(form, {
          values: textsOf(form, body.values),
          problem,
          ...(problem.errors && { errors: problem.errors }),
        });
      };
      try {
        const seconds = await secondsToWait(form.formId, clientAddress(req));
        if (seconds > 0) return refuse(tooManySubmissions(seconds));
        if (body.problem) return refuse(body.problem);
        const outcome = await take(deps, form, body.values, req);
        if ('problem' in outcome) return refuse(outcome.problem);
        const statusUrl = `${contactFormHref(form.key)}/submissions/${outcome.submissionId}`;
        if (asPage) return redirect(statusUrl);
        return json(
          202,
          { submissionId: outcome.submissionId, statusUrl: `${config.publicUrl}${statusUrl}` },
          { Location: statusUrl, 'Cache-Control': 'no-store', ...origin.headers },
        );
      } catch (err) {
        logger.error({ err, reference: req.id, formId: form.formId }, 'submission not kept');
        return refuse(notKept);
      }
    };
  },
});

type Outcome = { submissionId: string } | { problem: FormProblem };

async function take(deps: Deps, form: ContactForm, values: SentValues, req: Request): Promise<Outcome> {
  const given = idempotencyKey(req, values);
  if (given === 'unfit') return { problem: idempotencyKeyUnfit };
  const answers = readAnswers(form, values);
  const digest = contentDigest(answers);
  const isSpam = (values.get(TRAP_FIELD) ?? '') !== '';
  const submission = formSubmission(form, answers, { state: isSpam ? 'spam' : 'accepted', receivedAt: deps.now() });

  // A refused message does not use its key up: the corrected one is sent with the same. And a page that a browser
  // brings back may be filled in anew, so that its key stands for one content.
  const perContent = isSpam || answers.problem !== null || given?.ofPage === true;
  const idempotency = given && (perContent ? `${given.key}/${isSpam ? 'spam' : digest}` : given.key);
  const { submissionId, repeated } = await acceptSubmission(deps, submission, idempotency);
  // Whoever fell into the trap must not learn of it.
  if (isSpam) return { submissionId };
  if (answers.problem) return { problem: unfitFields(answers.errors, submissionId) };
  if (repeated && !perContent) {
    const first = await deps.storage.submissions.get(form.organizationId, submissionId);
    const same = !first || first.edits.length > 0 || contentDigest({ ...first, errors: {} }) === digest;
    if (!same) return { problem: idempotencyKeyReused };
  }
  return { submissionId };
}

/** The key of a program's header, or the one that a page carries; null for none. */
function idempotencyKey(req: Request, values: SentValues): { key: string; ofPage: boolean } | null | 'unfit' {
  const header = req.get('Idempotency-Key');
  const key = header ?? (values.has('idempotencyKey') ? values.get('idempotencyKey') : undefined);
  if (key === undefined || key === '') return null;
  if (key === null || !/^[\x21-\x7e]{1,200}$/.test(key)) return 'unfit';
  const ofPage = header === undefined && req.is('application/x-www-form-urlencoded') !== false;
  return { key, ofPage };
}

/** What was typed, to show the form again with it. */
function textsOf(form: ContactForm, values: SentValues | null): Record<string, string> {
  return Object.fromEntries(form.fields.map(({ name }) => [name, values?.get(name) ?? '']));
}
