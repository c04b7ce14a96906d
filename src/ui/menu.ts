import { hasRole, type Role } from '../domain/roles.ts';
import {
  API_KEYS_PATH,
  API_USAGE_PATH,
  APPROVALS_PATH,
  COSTS_PATH,
  COVERAGE_PATH,
  CUSTOMERS_PATH,
  DOCUMENTATION_PATH,
  DUPLICATES_PATH,
  ERASE_PATH,
  FAILURES_PATH,
  FORMS_PATH,
  HEALTH_PATH,
  HELPSCOUT_SETTINGS_PATH,
  INSIGHT_SETTINGS_PATH,
  INSIGHTS_PATH,
  INTEGRATIONS_PATH,
  LOG_PATH,
  MEMBERS_PATH,
  NOTIFICATION_CHANNELS_PATH,
  OPERATIONS_PATH,
  PATTERNS_PATH,
  QUALITY_PATH,
  REVIEW_PATH,
  SENT_EMAILS_PATH,
  TAXONOMY_PATH,
  TICKETS_PATH,
  WHAT_IF_PATH,
} from './links.ts';

export interface MenuEntry {
  href: string;
  text: string;
  /** The least role that may open it. */
  role: Role;
}

export interface MenuGroup {
  text: string;
  entries: readonly (MenuEntry & {
    /** Heads this entry and those after it. */
    path?: string;
  })[];
}

/** What is found in conversations, and how well: first in the bar. */
const INSIGHTS: MenuGroup = {
  text: 'Insights',
  entries: [
    { href: INSIGHTS_PATH, text: 'All insights', role: 'member' },
    { href: DOCUMENTATION_PATH, text: 'Documentation needs', role: 'member' },
    { href: REVIEW_PATH, text: 'Review queue', role: 'manager' },
    { href: QUALITY_PATH, text: 'Quality', role: 'member' },
    { href: WHAT_IF_PATH, text: 'What if', role: 'administrator' },
    { href: COSTS_PATH, text: 'Costs', role: 'manager' },
    { href: APPROVALS_PATH, text: 'Approvals', role: 'manager' },
  ],
};

const PLAIN: readonly MenuEntry[] = [
  { href: PATTERNS_PATH, text: 'Patterns', role: 'member' },
  { href: '/bug-reports', text: 'Bug reports', role: 'member' },
  { href: '/feature-requests', text: 'Feature requests', role: 'member' },
];

const GROUPS: readonly MenuGroup[] = [
  {
    text: 'Tools',
    entries: [
      { href: LOG_PATH, path: 'Integrations', text: 'HelpScout Log', role: 'manager' },
      { href: FAILURES_PATH, text: 'Failed syncs', role: 'manager' },
      { href: HEALTH_PATH, text: 'Health', role: 'manager' },
      { href: COVERAGE_PATH, text: 'Coverage', role: 'manager' },
      { href: API_USAGE_PATH, text: 'API usage', role: 'manager' },
      { href: DUPLICATES_PATH, text: 'Suspected duplicates', role: 'manager' },
      { href: SENT_EMAILS_PATH, text: 'E-mail log', role: 'manager' },
      { href: CUSTOMERS_PATH, path: 'Customers and tickets', text: 'Customers', role: 'manager' },
      { href: `${TICKETS_PATH}/new`, text: 'New ticket', role: 'manager' },
    ],
  },
  {
    text: 'Settings',
    entries: [
      { href: INTEGRATIONS_PATH, text: 'Integrations', role: 'administrator' },
      { href: HELPSCOUT_SETTINGS_PATH, text: 'HelpScout Settings', role: 'administrator' },
      { href: NOTIFICATION_CHANNELS_PATH, text: 'Notification channels', role: 'administrator' },
      { href: INSIGHT_SETTINGS_PATH, text: 'Insight settings', role: 'administrator' },
      { href: TAXONOMY_PATH, text: 'Taxonomy', role: 'administrator' },
      { href: FORMS_PATH, text: 'Contact forms', role: 'administrator' },
      { href: API_KEYS_PATH, text: 'API keys', role: 'administrator' },
      { href: MEMBERS_PATH, text: 'Members', role: 'administrator' },
      { href: ERASE_PATH, text: 'Erase data', role: 'administrator' },
      { href: OPERATIONS_PATH, text: 'Operations', role: 'operator' },
    ],
  },
];

/** What somebody of a role may open; groups that would be empty are left out. */
export function menuOf(role: Role) {
  const mayOpen = (entry: MenuEntry) => hasRole(role, entry.role);
  const [insights, ...groups] = [INSIGHTS, ...GROUPS]
    .map((group) => ({ ...group, entries: group.entries.filter(mayOpen) }))
    .filter((group) => group.entries.length > 0);
  return { insights, plain: PLAIN.filter(mayOpen), groups };
}

const ENTRIES: readonly MenuEntry[] = [...INSIGHTS.entries, ...PLAIN, ...GROUPS.flatMap(({ entries }) => entries)];
const isBelow = (path: string, href: string) => path === href || path.startsWith(`${href}/`);

/** Whether the page is the entry's own or below it, and no other entry's that is nearer. */
export function isCurrent({ href }: MenuEntry, path: string): boolean {
  return isBelow(path, href) && !ENTRIES.some((other) => other.href.length > href.length && isBelow(path, other.href));
}
