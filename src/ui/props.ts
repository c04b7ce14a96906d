import type { CollectionSync } from '../domain/article.ts';
import type { Category, Severity } from '../domain/category.ts';
import type { Conversation } from '../domain/conversation.ts';
import type { Decision } from '../domain/decision.ts';
import type { ClassifierIdentity, Insight } from '../domain/insight.ts';
import type { Integration } from '../domain/integration.ts';
import type { IntegrationWait } from '../domain/integration-wait.ts';
import type { HistoryEntry, IssueRecord, Priority, RecordComment, RecordStatus } from '../domain/issue-record.ts';
import type { Pattern, PatternState, Trend } from '../domain/pattern.ts';
import type { ScoredPriority } from '../domain/record-priority.ts';
import type { Review } from '../domain/review.ts';
import type { Role } from '../domain/roles.ts';
import type { TimeLeft } from '../domain/scan-pace.ts';
import type { SyncEvent } from '../domain/sync-event.ts';

/** A notice above the page: `banner` stays until its cause is gone, `flash` answers what the person just did. */
export interface Banner {
  kind: 'info' | 'warning' | 'error';
  text: string;
  actionHref?: string;
  actionText?: string;
}

export interface Flash {
  kind: 'success' | 'info' | 'error';
  text: string;
}

/** What every page of a signed-in person needs besides its own data. */
export interface Shell {
  organizationName: string;
  member: { name: string; email: string; role: Role };
  csrfToken: string;
  /** Path of the request without its query, such as `/insights`: marks the menu entry. */
  path: string;
  /** Set where the sandbox plays Help Scout. */
  sandboxUrl: string | null;
  classifier: ClassifierIdentity;
  /** IANA name of the organization's time zone; every date on the page is written in it. */
  timeZone: string;
  /** The request's time: relative times count from it, so that a view stays a function of its data. */
  now: Date;
  /** Notifications that the member has not read; absent for those who get none. */
  notifications?: number;
  banner?: Banner;
  flash?: Flash;
}

/** The frame of pages shown before anybody is signed in. */
export interface PublicShell {
  csrfToken: string;
  sandboxUrl: string | null;
  flash?: Flash;
}

/** Form field name to the sentence shown under that field; `form` is for the form as a whole. */
export type FieldErrors = Readonly<Record<string, string | undefined>>;

// ---- set-up and sign-in ----

/** GET and POST /setup. Fields: `organizationName`, `name`, `email`, `password`. A password is never echoed. */
export interface SetupPageProps {
  shell: PublicShell;
  values: { organizationName: string; name: string; email: string };
  errors: FieldErrors;
}

/** GET and POST /sign-in. Fields: `email`, `password`, and `returnTo` (hidden) when given. */
export interface SignInPageProps {
  shell: PublicShell;
  values: { email: string };
  errors: FieldErrors;
  returnTo?: string;
}

// ---- settings ----

/** GET /settings/integrations. Disconnected ones included. */
export interface IntegrationsPageProps {
  shell: Shell;
  integrations: readonly Integration[];
}

/** GET /settings/integrations/:integrationId. */
export interface IntegrationPageProps {
  shell: Shell;
  integration: Integration;
  /** One line for people: what the integration does now, or why it waits. */
  activity: string;
  /** Why its calls wait, where that lasts. */
  waits: readonly IntegrationWait[];
  /** How long the scan will take still; null where none runs. */
  timeLeft: TimeLeft | null;
  /** Window of a scan where nobody chose another, in days. */
  usualWindowDays?: number;
  /** Of a rescan that was refused. */
  sentDays?: { from?: string | undefined; to?: string | undefined };
  /** Conversations waiting for their quiet time. */
  pendingConversations: number;
  /** Conversations whose sync failed and is open. */
  failedConversations: number;
  /** Help Scout's webhooks or Docs API key: a field error after a refused form (`mailboxIds`, `apiKey`, `collectionIds`, `otherAppsPercent`). */
  errors?: FieldErrors;
  /** The integration's workflow in Temporal Web; shown to administrators. */
  temporalUrl: string | null;
  /** How the articles of the mapped collections are. */
  collectionSyncs?: readonly CollectionSync[];
}

/** Fragment GET /settings/integrations/:integrationId/progress; polled while a scan runs or waits. */
export type IntegrationProgressProps = Pick<
  IntegrationPageProps,
  'shell' | 'integration' | 'activity' | 'waits' | 'timeLeft' | 'pendingConversations' | 'failedConversations'
>;

/** GET /settings/integrations/:integrationId/disconnect. */
export interface DisconnectPageProps {
  shell: Shell;
  integration: Integration;
  /** What stays: counts of the organization's own data made from this connection. */
  kept: { insights: number; patterns: number; records: number; logRows: number };
}

export interface MemberRow {
  memberId: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
  lastSignedInAt: Date | null;
  /** The signed-in person: may not remove or demote themselves. */
  isSelf: boolean;
}

/** GET and POST /settings/members. Fields of the form: `name`, `email`, `role`, `password`. */
export interface MembersPageProps {
  shell: Shell;
  members: readonly MemberRow[];
  values?: { name: string; email: string; role: string };
  errors?: FieldErrors;
}

// ---- insights ----

export const RANGES = ['7d', '30d', '90d', 'all'] as const;
export type Range = (typeof RANGES)[number];

export const ATTENTIONS = ['needsReview', 'lowConfidence'] as const;
/** `needsReview`: outcome other than `classified`; `lowConfidence`: classified below LOW_CONFIDENCE. */
export type Attention = (typeof ATTENTIONS)[number];
export const LOW_CONFIDENCE = 0.5;
/** Longest text that is searched for, in characters. */
export const SEARCH_LENGTH = 200;

/** Query of /insights and /insights/list: `category`, `mailbox`, `range`, `q`, `attention`, `before` (cursor). */
export interface InsightsFilter {
  category: Category | null;
  mailbox: number | null;
  range: Range;
  q: string;
  attention: Attention | null;
  /** The cursor of an older page; null on the newest, the only one that refreshes itself. */
  before: string | null;
}

export interface PatternLink {
  patternId: string;
  title: string;
}

export type RecordLink = Pick<IssueRecord, 'kind' | 'number' | 'title' | 'status'>;

/** One insight in a table. */
export interface InsightRow
  extends Pick<
    Insight,
    'conversationId' | 'subject' | 'summary' | 'outcome' | 'category' | 'confidence' | 'severity' | 'reportedAt'
  > {
  /** Help Scout's number, which people know the conversation by. */
  number: number;
  customer: { name: string | null; email: string | null };
  mailboxName: string;
  pattern: PatternLink | null;
}

/** Reports of one day, `day` as `YYYY-MM-DD` in the organization's time zone. */
export interface DayCounts extends Record<Category, number> {
  day: string;
}

/** Fragment GET /insights/list: everything below the filters. */
export interface InsightsListProps {
  shell: Shell;
  filter: InsightsFilter;
  rows: readonly InsightRow[];
  /** Of the filter without its category, so that tiles can be compared. */
  counts: Readonly<Record<Category, number>>;
  needsReview: number;
  /** Every day of the range, oldest first, days without reports included (for `all`: since the first report). */
  trend: readonly DayCounts[];
  /** Cursor of the next older page, null at the end. */
  older: string | null;
  /** The running scan, when one runs: the list then refreshes itself. */
  scan: Integration['scan'];
  /** Insights of the organization regardless of filters: tells "nothing yet" from "nothing matches". */
  totalInsights: number;
  /** Whether some integration is connected: decides what an empty page advises. */
  connected: boolean;
}

/** GET /insights. */
export interface InsightsPageProps extends InsightsListProps {
  mailboxes: readonly { mailboxId: number; name: string }[];
}

/** How an insight came about, as far as the member may see it. */
export interface ExplainedDecision
  extends Pick<
    Decision,
    | 'classifier'
    | 'effort'
    | 'temperature'
    | 'promptVersion'
    | 'taxonomyVersion'
    | 'reviewBelow'
    | 'atCap'
    | 'tokens'
    | 'costUsd'
    | 'durationMs'
    | 'requestId'
    | 'messageBatchId'
    | 'workflowId'
    | 'decidedAt'
  > {
  /** Ids of the messages that were read. */
  threads: readonly number[];
  /** Help articles that were given as context. */
  articles: number;
  /** Null for people who may not read messages: an answer may repeat what a customer wrote. */
  rawAnswer: string | null;
  /** In Temporal Web; null for people who may not go there. */
  workflowUrl: string | null;
  /** Whether the stored insight is what the decision makes of the stored conversation. */
  rebuilt: 'same' | 'corrected' | 'outdated' | 'different';
}

/** GET /conversations/:conversationId. */
export interface ConversationPageProps {
  shell: Shell;
  conversation: Pick<
    Conversation,
    'conversationId' | 'number' | 'subject' | 'status' | 'customer' | 'createdAt' | 'webUrl' | 'threads'
  >;
  mailboxName: string;
  insight: Insight | null;
  /** Further issues of the same conversation. */
  further?: readonly Insight[];
  /** How the insight came about; absent for insights older than such records. */
  decision?: ExplainedDecision | null;
  pattern: PatternLink | null;
  record: RecordLink | null;
  /** What somebody who may correct insights needs for it; absent for everybody else. */
  correction?: { areas: readonly string[]; reviews: readonly Review[] };
  /** Its latest log rows, newest first; empty for people who may not see the log. */
  log: readonly SyncEvent[];
}

// ---- patterns and records ----

/** Reports of the last 7 days against the 4 weeks before them (domain/pattern-trend.ts). */
export interface TrendSummary {
  trend: Trend;
  last7Days: number;
  /** Reports a week over the 4 weeks before, on average. */
  weeklyBefore: number;
  customers7Days: number;
  weeklyCustomersBefore: number;
}

export interface PatternRow extends Pattern {
  state: PatternState;
  trend: TrendSummary;
  /** Reports of each of the last 12 weeks, oldest first. */
  weekly: readonly number[];
  record: RecordLink | null;
}

export const PATTERN_SORTS = ['customers', 'rising', 'newest'] as const;
export type PatternSort = (typeof PATTERN_SORTS)[number];

/** GET /patterns. Query: `category`, `state`, `sort`, `before` (cursor). */
export interface PatternsPageProps {
  shell: Shell;
  filter: { category: Category | null; state: PatternState; sort: PatternSort; before: string | null };
  rows: readonly PatternRow[];
  older: string | null;
  totalPatterns: number;
  connected: boolean;
  /** Pairs of patterns that may be the same, most similar first. */
  suggestions: readonly SuggestedPair[];
}

export interface SuggestedPair {
  a: PatternLink;
  b: PatternLink;
  /** From 0 to 1. */
  similarity: number;
}

/** One decision about a pattern, as its history tells it. */
export interface PatternHistoryRow {
  changeId: string;
  at: Date;
  /** Null: an automatic run. */
  by: string | null;
  text: string;
  reason: string;
  /** The other pattern that it was about. */
  other: PatternLink | null;
  undone: { at: Date; by: string } | null;
}

/** One issue of a conversation in a pattern. */
export type PatternConversation = InsightRow & { issue: number };

/** GET /patterns/:patternId. Query: `changed` (a changeId, after it was decided). */
export interface PatternPageProps {
  shell: Shell;
  pattern: PatternRow;
  /** Reports by day, oldest first, days without reports included. */
  trend: readonly { day: string; count: number }[];
  /** Newest first, at most the latest 100; `pattern.conversations` is the whole number. */
  conversations: readonly PatternConversation[];
  /** Newest first. */
  history: readonly PatternHistoryRow[];
  /** What the person just decided, to be taken back by a button. */
  changed: PatternHistoryRow | null;
  /** Other patterns that may be the same. */
  similar: readonly { pattern: PatternLink; similarity: number }[];
  /** Where split conversations can go, the largest first. */
  others: readonly PatternLink[];
}

/** GET /patterns/:patternId/merge and /move/:conversationId. Query: `q` (words of a title), `issue` (of a move). */
export interface ChoosePatternPageProps {
  shell: Shell;
  pattern: Pattern;
  /** The conversation that is moved; null: the whole pattern is merged. */
  moved: { conversationId: number; issue: number; subject: string } | null;
  q: string;
  /** `apart`: somebody said that it is not the same. */
  rows: readonly (Pattern & { apart: boolean })[];
}

export interface RecordRow extends Omit<IssueRecord, 'severity' | 'priority' | 'description'> {
  customers: number;
  conversations: number;
  trend: TrendSummary;
  /** What a person wrote, or what is known of its pattern. */
  description: string;
  /** What a person said, or what its customers did. */
  severity: Severity | null;
  /** What a person locked, or what the formula says. */
  priority: Priority;
  scored: ScoredPriority;
  /** Of its pattern, where that is not the record's kind: a person decides. */
  otherCategory: Category | null;
}

export const RECORD_SORTS = ['newest', 'priority'] as const;
export type RecordSort = (typeof RECORD_SORTS)[number];

/** GET /bug-reports and /feature-requests. Query: `sort`, `status` (a RecordStatus, `open` or `all`), `before`. */
export interface RecordsPageProps {
  shell: Shell;
  kind: IssueRecord['kind'];
  filter: { status: RecordStatus | 'open' | 'all'; sort: RecordSort; before: string | null };
  rows: readonly RecordRow[];
  older: string | null;
  /** Records of this kind regardless of filters. */
  totalRecords: number;
}

/** GET /bug-reports/:number and /feature-requests/:number. */
export interface RecordPageProps {
  shell: Shell;
  record: RecordRow;
  pattern: PatternLink;
  /** The record that stays, where two patterns became one. */
  mergedInto: RecordLink | null;
  /** Oldest first. */
  history: readonly HistoryEntry[];
  comments: readonly RecordComment[];
  /** After a refused form. */
  errors?: FieldErrors;
  /** The comment that was refused. */
  comment?: string;
  /** Newest first, at most the latest 100. */
  conversations: readonly InsightRow[];
  /** What customers wrote, the latest of each customer first. */
  quotes: readonly {
    conversationId: number;
    number: number;
    quote: string;
    customer: { name: string | null; email: string | null };
    reportedAt: Date;
  }[];
}

// ---- errors ----

/** Any failed request; `shell` is null where nobody is signed in. */
export interface ErrorPageProps {
  shell: Shell | null;
  status: number;
  /** Stable, such as `notFound`. */
  code: string;
  sentence: string;
  remedy: string;
  actionHref?: string;
  actionText?: string;
}
