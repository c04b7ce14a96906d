import type { Endpoint } from '../../endpoint.ts';
import { deleteForm, showDeleteForm } from './delete-form.ts';
import { showDuplicates } from './duplicates.ts';
import { createForm, saveForm, showForm, showNewForm } from './edit-form.ts';
import { showForms, switchForm } from './list-forms.ts';
import { createTicket, showNewTicket } from './new-ticket.ts';
import { showSentEmails } from './sent-emails.ts';
import { showContactForm, showEmbedScript } from './show-form.ts';
import { showSubmissionStatus } from './submission-status.ts';
import { preflight, submitContactForm } from './submit.ts';
import { dismissTicket, sendTicket, showTicket } from './ticket.ts';

export const formEndpoints: readonly Endpoint[] = [
  showContactForm,
  showEmbedScript,
  preflight,
  submitContactForm,
  showSubmissionStatus,

  showForms,
  // Before the addresses with an id, which `new` would be taken for.
  showNewForm,
  createForm,
  showForm,
  saveForm,
  switchForm,
  showDeleteForm,
  deleteForm,

  showNewTicket,
  createTicket,
  showTicket,
  sendTicket,
  dismissTicket,

  showDuplicates,
  showSentEmails,
];
