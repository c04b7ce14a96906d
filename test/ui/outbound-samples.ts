import type { ApiKey } from '../../src/domain/api-key.ts';
import type { ContactForm } from '../../src/domain/contact-form.ts';
import type { CustomerImport } from '../../src/domain/customer-import.ts';
import type { CustomerRecord } from '../../src/domain/customer-record.ts';
import type { RetryItem, RetryRun } from '../../src/domain/retry-run.ts';
import type { Submission } from '../../src/domain/submission.ts';
import { logRow, NOW } from './samples.ts';

/** Made-up data of what goes to Help Scout: forms, tickets, customers, retries. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number) => new Date(NOW.getTime() - ms);

const field = (name: string, rest: Partial<ContactForm['fields'][number]>): ContactForm['fields'][number] => ({
  ...{ name, label: name, type: 'text', purpose: 'custom', required: false, options: [] },
  ...rest,
});

export const FORM: ContactForm = {
  ...{ formId: 'f1', organizationId: 'o1', integrationId: 'i1', key: 'kq3Vd0mXbRt81pLe', name: 'Ask Northwind' },
  ...{ mailboxId: 11, assigneeId: 7, tags: ['website', 'northwind'], enabled: true },
  fields: [
    field('name', { label: 'Your name', purpose: 'name' }),
    field('email', { label: 'E-mail address', type: 'email', purpose: 'email', required: true }),
    field('plan', { label: 'Which plan are you on?', type: 'select', options: ['Free', 'Team', 'Enterprise'] }),
    field('urgent', { label: 'It stops my work', type: 'checkbox' }),
    field('message', { label: 'How can we help?', type: 'textarea', purpose: 'message', required: true }),
  ],
  autoReplyText: 'Hello,\n\nthank you for writing. We answer within a day.',
  allowedOrigins: ['https://www.northwind.example'],
  ...{ createdAt: ago(30 * DAY_MS), updatedAt: ago(2 * DAY_MS) },
};

export const FORM_DRAFT = {
  ...{ name: FORM.name, mailbox: 'i1/11', assigneeId: '7', tags: 'website, northwind' },
  ...{ autoReplyText: FORM.autoReplyText, allowedOrigins: FORM.allowedOrigins.join('\n'), enabled: true },
  fields: FORM.fields.map(({ options, ...rest }) => ({ ...rest, options: options.join('\n') })),
};
export const MAILBOX_CHOICES = [
  { value: 'i1/11', text: 'Support' },
  { value: 'i1/12', text: 'Billing' },
];
export const USER_CHOICES = [{ value: '7', text: 'Ada Moor' }];

export function submission(changes: Partial<Submission> = {}): Submission {
  return {
    submissionId: '0b6a1f6e-5a4c-4d0e-9a51-3c1f2b7d9e10',
    ...{ organizationId: 'o1', integrationId: 'i1', formId: 'f1', source: 'form', createdBy: null },
    ...{ mailboxId: 11, assigneeId: 7, tags: ['website'], autoReplyText: FORM.autoReplyText },
    ...{ customerEmail: 'tomasz@fabryka.example', customerName: 'Tomasz Wiśniewski', subject: 'Broken on arrival' },
    message: 'Hello,\n\nthe lamp of order 4711 arrived broken. What now?',
    answers: [
      { label: 'Which plan are you on?', value: 'Team' },
      { label: 'It stops my work', value: 'Yes' },
    ],
    ...{ problem: null, fingerprint: '', state: 'created', duplicateOf: null, conversationId: 2_847_102, edits: [] },
    ...{ receivedAt: ago(3 * HOUR_MS), firstSentAt: ago(3 * HOUR_MS) },
    ...changes,
  };
}

export const HELD = submission({
  ...{ submissionId: '5d9f0c3a-94b1-4d4e-8a02-7be6f1c0a2d3', state: 'held', duplicateOf: submission().submissionId },
  ...{ conversationId: null, receivedAt: ago(2.8 * HOUR_MS), firstSentAt: null },
});

export const INVALID = submission({
  ...{ submissionId: 'c1b2a3d4-0a1b-4c2d-8e3f-405162738495', state: 'failed', customerEmail: 'tomasz@fabryka' },
  ...{ problem: { code: 'invalidEmail', field: 'customerEmail' }, conversationId: null, firstSentAt: null },
  edits: [
    {
      ...{ at: ago(HOUR_MS), by: 'maya@northwind.example', field: 'customerEmail' },
      ...{ before: 'tomasz', after: 'tomasz@fabryka' },
    },
  ],
});

export function customer(changes: Partial<CustomerRecord> = {}): CustomerRecord {
  const fields = {
    ...{ email: 'tomasz@fabryka.example', firstName: 'Tomasz', lastName: 'Wiśniewski', jobTitle: 'Head of purchasing' },
    ...{ organization: 'Fabryka', phone: '+48 22 555 01 23', website: 'https://fabryka.example' },
  };
  return {
    ...{ organizationId: 'o1', integrationId: 'i1', externalId: 'crm-4711', fields, version: 3, syncedVersion: 3 },
    ...{ syncedFields: fields, helpScoutCustomerId: 90_211, createSentAt: null, requestedBy: null, state: 'synced' },
    ...{ problem: null, createdAt: ago(40 * DAY_MS), updatedAt: ago(DAY_MS), syncedAt: ago(DAY_MS) },
    ...changes,
  };
}

export const FAILED_CUSTOMER = customer({
  ...{ externalId: 'crm-an-id-of-another-system-that-is-rather-long-0815', version: 4, state: 'failed' },
  problem: { code: 'emailNotUnique', details: 'Customer 90212 has tomasz@fabryka.example.' },
});

export function upload(changes: Partial<CustomerImport> = {}): CustomerImport {
  return {
    ...{ organizationId: 'o1', importId: 'u1', createdBy: 'maya@northwind.example', state: 'working', lines: 1204 },
    ...{ fileName: 'customers of the year 2026, exported by accounting.csv', format: 'csv' },
    ...{ createdAt: ago(4 * MINUTE_MS), finishedAt: null },
    ...changes,
  };
}

export function retryRun(changes: Partial<RetryRun> = {}): RetryRun {
  return {
    ...{ retryRunId: 'r1', organizationId: 'o1', by: 'maya@northwind.example', canary: true, perMinute: 60, total: 4 },
    selection: { code: 'helpScoutUnavailable', type: 'ticketCreated', rows: false },
    ...{ state: 'review', previewed: 4, decidedBy: null, createdAt: ago(3 * MINUTE_MS), endedAt: null },
    ...changes,
  };
}

const preview = (changes: Partial<NonNullable<RetryItem['preview']>>): RetryItem['preview'] => ({
  ...{ action: 'creates a ticket in Support', subject: 'Broken on arrival', safety: 'it is looked for first.' },
  ...{ twin: 'none', twinId: null, problem: null, orphaned: false },
  ...changes,
});
export const RETRY_ITEMS: readonly RetryItem[] = [
  { preview: preview({}), outcome: 'success' as const, code: null },
  { preview: preview({ twin: 'found', twinId: 2_847_155 }), outcome: 'failed' as const, code: 'timeout' as const },
  { preview: preview({ twin: 'unknown', problem: 'timeout', orphaned: true }), outcome: null, code: null },
  { preview: null, outcome: null, code: null },
].map((item, index) => ({
  ...item,
  ...{ index, eventId: `ticket:o1:${index}`, type: 'ticketCreated', conversationId: null },
  ...{ customerEmail: 'tomasz@fabryka.example', triedAt: item.outcome ? ago(MINUTE_MS) : null },
}));
export const RETRY_COUNTS = {
  ...{ success: 1, failed: 1, skipped: 0, settled: 0, running: 0, restarted: 0, gone: 0, notTried: 0, waiting: 2 },
};

export const FAILED_ROWS = [1, 7, 13].map((index) => ({ ...logRow(index), workflowId: `ticket:o1:${index}` }));

export const API_KEYS: readonly ApiKey[] = (
  [
    ['Shop', null, 300 * DAY_MS, ago(4 * MINUTE_MS)],
    ['Nightly export', null, null, null],
    ['Old shop', ago(9 * DAY_MS), null, ago(10 * DAY_MS)],
  ] as const
).map(([name, revokedAt, lifetimeMs, lastUsedAt], index) => ({
  ...{
    keyId: `k${index}`,
    organizationId: 'o1',
    name,
    preview: `hsi_9fK2${index}`,
    createdBy: 'maya@northwind.example',
  },
  role: 'administrator' as const,
  scopes: index === 1 ? ['log:read'] : ['tickets:write', 'tickets:read', 'customers:write', 'log:read'],
  ...{ createdAt: ago(60 * DAY_MS), lastUsedAt, revokedAt, expiresAt: lifetimeMs ? ago(-lifetimeMs) : null },
}));
