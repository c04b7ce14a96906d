import * as records from '../domain/issue-record.ts';
import type { LogFilter } from './log-filter.ts';
import type { InsightsFilter } from './props.ts';

/**
 * An address that is safe in `href`: http(s), or a path of ours. Everything else (such as `javascript:`, or `//host`)
 * becomes null, for addresses come from Help Scout and from queries.
 */
export function safeHref(address: string): string | null {
  if (/^\/(?![/\\])/.test(address)) return address;
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol) ? address : null;
}

/** A path with the values that are set; empty ones and null are left out. */
export function withQuery(path: string, values: Record<string, string | number | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

export const INSIGHTS_PATH = '/insights';
export const LOG_PATH = '/tools/integrations/helpscout-log';
export const API_USAGE_PATH = '/tools/integrations/helpscout-calls';
export const HEALTH_PATH = '/tools/integrations/helpscout-health';
/** How completely conversations are seen. */
export const COVERAGE_PATH = '/tools/integrations/coverage';
export const FAILURES_PATH = '/tools/integrations/failures';
export const DUPLICATES_PATH = '/tools/integrations/duplicates';
export const SENT_EMAILS_PATH = '/tools/integrations/e-mails';
export const CUSTOMERS_PATH = '/customers';
/** Uploads of many customers. */
export const CUSTOMER_IMPORTS_PATH = '/customers/uploads';
export const TICKETS_PATH = '/tickets';
export const NOTIFICATIONS_PATH = '/notifications';
export const FORMS_PATH = '/settings/forms';
export const HELPSCOUT_SETTINGS_PATH = '/settings/helpscout';
export const AUDIT_TRAIL_PATH = '/settings/helpscout/audit-trail';
/** Where notifications are sent to besides the inbox. */
export const NOTIFICATION_CHANNELS_PATH = '/settings/notifications';
export const API_KEYS_PATH = '/settings/api-keys';
export const API_DOCS_PATH = '/api/v1/docs';
export const OPENAPI_PATH = '/api/v1/openapi.json';
export const INTEGRATIONS_PATH = '/settings/integrations';
/** Advanced diagnostics, for operators. */
export const OPERATIONS_PATH = '/operations';
export const ERASE_PATH = '/settings/erase';
export const MEMBERS_PATH = '/settings/members';
export const PATTERNS_PATH = '/patterns';
export const REVIEW_PATH = '/insights/review';
export const QUALITY_PATH = '/insights/quality';
export const COSTS_PATH = '/insights/costs';
export const WHAT_IF_PATH = '/insights/what-if';
/** Bug reports and feature requests that wait for a person's word. */
export const APPROVALS_PATH = '/insights/approvals';
/** What customers did not find in the help, or found wrong. */
export const DOCUMENTATION_PATH = '/insights/documentation';
export const TAXONOMY_PATH = '/settings/taxonomy';
export const INSIGHT_SETTINGS_PATH = '/settings/insights';

export function insightsHref(filter: InsightsFilter, path = INSIGHTS_PATH): string {
  return withQuery(path, { ...filter });
}

/** The log under a filter; what is left out, or as usual, is not in the address. */
export function logHref(filter: Partial<LogFilter>, path = LOG_PATH): string {
  const { type = [], status = [], range, ...single } = filter;
  const query = new URLSearchParams();
  if (range !== undefined) query.set('range', range);
  for (const [name, value] of Object.entries(single)) if (value) query.set(name, value);
  for (const value of type) query.append('type', value);
  for (const value of status) query.append('status', value);
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

export function conversationHref(conversationId: number): string {
  return `/conversations/${conversationId}`;
}

/** What is known of one customer; by their address, since not everybody has another id. */
export function customerHref(email: string): string {
  return `${CUSTOMERS_PATH}/${encodeURIComponent(email.toLowerCase())}`;
}

/** A contact form's own page, for everybody. */
export function contactFormHref(key: string): string {
  return `/forms/${encodeURIComponent(key)}`;
}

/** A contact form's settings. */
export function formHref(formId: string): string {
  return `${FORMS_PATH}/${encodeURIComponent(formId)}`;
}

/** What a ticket was made from, and what became of it. */
export function ticketHref(submissionId: string): string {
  return `${TICKETS_PATH}/${encodeURIComponent(submissionId)}`;
}

/** How far an upload of many customers is. */
export function customerImportHref(importId: string): string {
  return `${CUSTOMER_IMPORTS_PATH}/${encodeURIComponent(importId)}`;
}

/** A row of the log with everything that is known of it. */
export function logEventHref(eventId: string): string {
  return `${LOG_PATH}/${encodeURIComponent(eventId)}`;
}

/** A row that waits for a person: what is wrong, what can be corrected. */
export function failureHref(eventId: string): string {
  return `${FAILURES_PATH}/${encodeURIComponent(eventId)}/edit`;
}

/** What another way of classifying came to. */
export function whatIfHref(whatIfId: string): string {
  return `${WHAT_IF_PATH}/${encodeURIComponent(whatIfId)}`;
}

export function retryRunHref(retryRunId: string): string {
  return `${FAILURES_PATH}/runs/${encodeURIComponent(retryRunId)}`;
}

export function patternHref(patternId: string): string {
  return `${PATTERNS_PATH}/${encodeURIComponent(patternId)}`;
}

/** A decision about patterns. */
export function patternChangeHref(changeId: string): string {
  return `${PATTERNS_PATH}/changes/${encodeURIComponent(changeId)}`;
}

export const { recordsPath, recordPath: recordHref } = records;

/** The customers who asked, and what they can be told. */
export function recordCustomersHref(record: records.RecordAddress): string {
  return `${recordHref(record)}/customers`;
}

export function integrationHref(integrationId: string): string {
  return `${INTEGRATIONS_PATH}/${encodeURIComponent(integrationId)}`;
}

export function apiKeyHref(keyId: string): string {
  return `${API_KEYS_PATH}/${encodeURIComponent(keyId)}`;
}
