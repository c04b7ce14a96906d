import type { RecordPageProps } from '../../src/ui/props.ts';
import type { ApprovalsPageProps } from '../../src/ui/views/approvals.tsx';
import type { AskingCustomer, RecordCustomersPageProps } from '../../src/ui/views/record-customers.tsx';
import type { RecordMessagesPageProps } from '../../src/ui/views/record-messages.tsx';
import { NOW, record, shell } from './samples.ts';

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const MAYA = 'maya@northwind.example';

/** What a record has besides its row. */
export const talk: Pick<RecordPageProps, 'mergedInto' | 'history' | 'comments'> = {
  mergedInto: null,
  history: [
    { at: ago(30), by: 'automatic', what: 'created', before: null, after: 'bug', why: '2 customers wrote about it' },
    { at: ago(20), by: MAYA, what: 'status', before: 'new', after: 'inProgress', why: '' },
    { at: ago(19), by: MAYA, what: 'priority', before: null, after: 'urgent', why: '' },
    { at: ago(3), by: MAYA, what: 'description', before: null, after: null, why: '' },
  ],
  comments: [{ commentId: 'c1', recordId: 'r0', at: ago(2), by: MAYA, text: 'Seen on our staging system too.' }],
};

const quote = {
  ...{ conversationId: 7001, number: 3001, quote: 'the export stops at 1,000 rows', reportedAt: ago(2) },
  customer: { name: 'Helene Vogt', email: 'helene@brightside.example' },
};

/** One that was done, and what came of it. */
export const fixedRecord = (verdict: 'fixed' | 'notFixed' | 'tooFew' | null) => ({
  ...record(4),
  dismissedReason: null,
  resolution: {
    ...{ number: 1, by: MAYA, fixedAt: ago(20), checkAt: ago(6), weighed: [] },
    outcome: verdict && {
      ...{ verdict, checkedAt: ago(6), blind: verdict === 'tooFew' },
      before: { days: 28, conversations: 12, customers: 11 },
      after: { days: 14, conversations: 0, customers: 0 },
    },
  },
});

/** One whose title, severity and priority a person decided, and whose pattern is something else by now. */
export const decidedRecord = () => ({
  ...record(1),
  decided: ['severity' as const, 'priority' as const, 'description' as const],
  priority: 'urgent' as const,
  otherCategory: 'documentation' as const,
});

const asked = (conversationId: number, told: AskingCustomer['conversations'][number]['told'] = []) => ({
  ...{ integrationId: 'i1', conversationId, number: conversationId - 4000, subject: 'CSV export stops' },
  ...{ reportedAt: ago(5), webUrl: `https://secure.helpscout.example/conversation/${conversationId}`, told },
});

/** The issue record below a row: what a person decided, and nothing that follows from its pattern. */
const plain = (index: number) => ({ ...record(index), description: null, severity: null, priority: null });

export const customersPage = (change: Partial<RecordCustomersPageProps> = {}): RecordCustomersPageProps => ({
  shell: shell('/bug-reports/12/customers'),
  record: plain(0),
  select: 'none',
  customers: [
    {
      ...{ customerKey: 'a', name: 'Helene Vogt', email: 'helene@brightside.example' },
      conversations: [asked(7001), asked(7002, [{ kind: 'note', state: 'sent', by: MAYA, at: ago(1) }])],
    },
    {
      ...{ customerKey: 'b', name: null, email: null },
      conversations: [asked(7003, [{ kind: 'reply', state: 'failed', by: MAYA, at: ago(1) }])],
    },
  ],
  ...change,
});

export const messagesPage = (change: Partial<RecordMessagesPageProps> = {}): RecordMessagesPageProps => ({
  shell: shell('/bug-reports/12/customers/preview'),
  record: plain(0),
  kind: 'reply',
  messages: [
    {
      ...{ conversationId: 7001, number: 3001, subject: 'CSV export stops', text: 'Hello Helene,\n\nwe fixed it.' },
      customer: { name: 'Helene Vogt', email: 'helene@brightside.example' },
    },
    {
      ...{ conversationId: 7003, number: 3003, subject: '', text: '', error: 'Write a text.' },
      customer: { name: null, email: null },
    },
  ],
  ...change,
});

export const approvalsPage = (change: Partial<ApprovalsPageProps> = {}): ApprovalsPageProps => ({
  shell: shell('/insights/approvals'),
  mode: 'approval',
  total: 3,
  waiting: [
    {
      ...{ patternId: 'p1', kind: 'bug', title: 'Exports are cut off at 1,000 rows', customers: 4, conversations: 5 },
      ...{ proposedAt: ago(1), quotes: [quote] },
    },
    {
      ...{ patternId: 'p2', kind: 'feature', title: 'Dark mode for the time sheet', customers: 2, conversations: 2 },
      ...{ proposedAt: ago(0.1), quotes: [] },
    },
  ],
  decided: [
    {
      ...{ patternId: 'p3', kind: 'bug', title: 'Calendar sync', isApproved: true, decidedAt: ago(2), decidedBy: MAYA },
      ...{ reason: null, number: 11, recordKind: 'bug' },
    },
    {
      ...{ patternId: 'p4', kind: 'bug', title: 'Slow Mondays', isApproved: false, decidedAt: ago(3), decidedBy: MAYA },
      ...{ reason: 'not ours', number: null, recordKind: 'bug' },
    },
  ],
  ...change,
});
