import { createHash, randomUUID } from 'node:crypto';
import type { ContactForm } from '../../../domain/contact-form.ts';
import type { FormAnswers } from '../../../domain/form-answers.ts';
import type { Submission } from '../../../domain/submission.ts';

/** A submission as a form's post makes it; `spam` is kept, and never sent. */
export function formSubmission(
  form: ContactForm,
  { errors: _errors, ...answers }: FormAnswers,
  { state, receivedAt }: { state: 'accepted' | 'spam'; receivedAt: Date },
): Submission {
  const { organizationId, integrationId, formId, mailboxId, assigneeId, tags, autoReplyText } = form;
  return {
    submissionId: randomUUID(),
    organizationId,
    integrationId,
    formId,
    source: 'form',
    createdBy: null,
    mailboxId,
    assigneeId,
    tags,
    autoReplyText,
    ...answers,
    fingerprint: '',
    state,
    duplicateOf: null,
    conversationId: null,
    edits: [],
    receivedAt,
    firstSentAt: null,
  };
}

/** Tells one content from another, to know a repetition from a second message. */
export function contentDigest({ customerEmail, customerName, subject, message, answers }: FormAnswers): string {
  const content = JSON.stringify([customerEmail, customerName, subject, message, answers]);
  return createHash('sha256').update(content).digest('base64url').slice(0, 22);
}
