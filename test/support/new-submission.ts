import { randomUUID } from 'node:crypto';
import type { Submission } from '../../src/domain/submission.ts';

/** A submission of a contact form as it is accepted; all alike unless `fields` make them differ. */
export const newSubmission = (fields: Partial<Submission> = {}): Submission => ({
  submissionId: randomUUID(),
  organizationId: 'org',
  integrationId: 'integration',
  formId: 'form-1',
  source: 'form',
  createdBy: null,
  mailboxId: 310,
  assigneeId: null,
  tags: [],
  autoReplyText: '',
  customerEmail: 'kim@client.example',
  customerName: 'Kim Ito',
  subject: 'Export',
  message: 'The export fails.',
  answers: [],
  problem: null,
  fingerprint: '',
  state: 'accepted',
  duplicateOf: null,
  conversationId: null,
  edits: [],
  receivedAt: new Date(),
  firstSentAt: null,
  ...fields,
});
