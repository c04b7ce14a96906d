import { z } from 'zod';
import type { SubmissionState } from '../../../domain/submission.ts';
import { ThankYouPage } from '../../../ui/index.ts';
import { publicEndpoint } from '../../endpoint.ts';
import { json, page } from '../../reply.ts';
import { answerOrigin } from './form-origin.ts';
import { formKeyParams } from './form-params.ts';
import { problemReply, unknownForm, unknownSubmission } from './form-problem.ts';
import { noFormPage, pageHeaders } from './show-form.ts';
import { wantsPage } from './submit.ts';

/** All that is said of a submission to whoever knows its id. */
const STATUSES = {
  received: 'We have received your message.',
  delivered: 'Your message has reached us and is waiting for an answer.',
  beingLookedAt: 'We have received your message, and somebody is looking at it.',
} as const;

/** What was given up, or is no real message, looks like every other. */
const STATUS_OF: Record<SubmissionState, keyof typeof STATUSES> = {
  accepted: 'received',
  sending: 'received',
  created: 'delivered',
  failed: 'beingLookedAt',
  held: 'beingLookedAt',
  dismissed: 'received',
  spam: 'received',
};

/** How far a submission is: for programs, and as the thank-you page for people. Never what was written, or by whom. */
export const showSubmissionStatus = publicEndpoint({
  method: 'get',
  path: '/forms/:key/submissions/:submissionId',
  access: 'machine',
  params: formKeyParams.extend({ submissionId: z.string().max(200) }),
  handler:
    ({ storage, config }) =>
    async ({ params: { key, submissionId }, req }) => {
      const asPage = wantsPage(req);
      const form = await storage.contactForms.findByKey(key);
      if (!form) return asPage ? noFormPage(unknownForm, null) : problemReply(unknownForm);
      const { headers } = answerOrigin(config, form, req);
      const found = await storage.submissions.get(form.organizationId, submissionId);
      if (found?.formId !== form.formId) {
        return asPage ? noFormPage(unknownSubmission, form) : problemReply(unknownSubmission, headers);
      }
      const status = STATUS_OF[found.state];
      const sentence = STATUSES[status];
      if (asPage) return page(ThankYouPage({ form, submissionId, status: sentence }), 200, pageHeaders(form));
      return json(200, { submissionId, status, detail: sentence }, { 'Cache-Control': 'no-store', ...headers });
    },
});
