import { hasRole, type Role } from '../../domain/roles.ts';
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
  NOTIFICATIONS_PATH,
  OPERATIONS_PATH,
  PATTERNS_PATH,
  QUALITY_PATH,
  REVIEW_PATH,
  SENT_EMAILS_PATH,
  TAXONOMY_PATH,
  TICKETS_PATH,
  WHAT_IF_PATH,
} from '../links.ts';
import type { Shell } from '../props.ts';
import { PostForm } from './form.tsx';
import { Icon } from './icon.tsx';

interface MenuEntry {
  href: string;
  text: string;
  /** The least role that may open it. */
  role: Role;
}

interface MenuGroup {
  text: string;
  entries: (MenuEntry & { path?: string })[];
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

/** The product's mark: a speech bubble with a rising line. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path
        class="mark-bubble"
        d="M6 2h12a4 4 0 0 1 4 4v9a4 4 0 0 1-4 4h-6.5L7 22.5V19H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4Z"
      />
      <path class="mark-line" d="m6.5 13.5 3.6-3.8 2.8 2.4 4.6-5" />
    </svg>
  );
}

/** One header: organization, menu by role, account. Narrow screens get the same menu behind one button. */
export function Header({ shell }: { shell: Shell }) {
  const { role } = shell.member;
  const plain = PLAIN.filter((entry) => hasRole(role, entry.role));
  const [insights, ...groups] = [INSIGHTS, ...GROUPS]
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => hasRole(role, entry.role)) }))
    .filter((group) => group.entries.length > 0);
  return (
    <header class="header">
      <div class="container header-row">
        <a class="brand" href={INSIGHTS_PATH}>
          <Mark />
          <span class="ellipsis">{shell.organizationName}</span>
        </a>
        <nav class="menu" aria-label="Main">
          {insights && <Dropdown group={insights} path={shell.path} />}
          {plain.map((entry) => (
            <MenuLink key={entry.href} entry={entry} path={shell.path} />
          ))}
          {groups.map((group) => (
            <Dropdown key={group.text} group={group} path={shell.path} />
          ))}
        </nav>
        {shell.notifications !== undefined && <Bell unread={shell.notifications} path={shell.path} />}
        <details class="dropdown-menu account" name="header-menu">
          <summary>
            <span class="visually-hidden">Account of {shell.member.name}</span>
            <span class="avatar" aria-hidden="true">
              {initials(shell.member.name)}
            </span>
            <Icon name="chevron" />
          </summary>
          <div class="dropdown-panel">
            <Account shell={shell} />
          </div>
        </details>
        <details class="dropdown-menu narrow-menu" name="header-menu">
          <summary>
            <Icon name="menu" />
            Menu
          </summary>
          <div class="dropdown-panel">
            <nav aria-label="Main, narrow">
              {insights && <GroupEntries group={insights} path={shell.path} />}
              {plain.map((entry) => (
                <MenuLink key={entry.href} entry={entry} path={shell.path} />
              ))}
              {groups.map((group) => (
                <div key={group.text}>
                  {!group.entries[0]?.path && <p class="menu-heading">{group.text}</p>}
                  <GroupEntries group={group} path={shell.path} />
                </div>
              ))}
            </nav>
            <Account shell={shell} />
          </div>
        </details>
      </div>
    </header>
  );
}

/** More than this is written as such. */
const MOST_SHOWN = 99;

function Bell({ unread, path }: { unread: number; path: string }) {
  const isOpen = path.startsWith(NOTIFICATIONS_PATH);
  return (
    <a
      class="menu-link bell"
      href={NOTIFICATIONS_PATH}
      aria-label={unread > 0 ? `Notifications, ${unread} not read` : 'Notifications'}
      aria-current={isOpen ? 'page' : undefined}
    >
      <Icon name="bell" />
      {unread > 0 && (
        <span class="bell-count" aria-hidden="true">
          {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
        </span>
      )}
    </a>
  );
}

function Dropdown({ group, path }: { group: MenuGroup; path: string }) {
  return (
    <details class="dropdown-menu" name="header-menu">
      <summary class={group.entries.some((entry) => isCurrent(entry, path)) ? 'current' : undefined}>
        {group.text}
        <Icon name="chevron" />
      </summary>
      <div class="dropdown-panel">
        <GroupEntries group={group} path={path} />
      </div>
    </details>
  );
}

function GroupEntries({ group, path }: { group: MenuGroup; path: string }) {
  return (
    <>
      {group.entries.map((entry) => (
        <span key={entry.href} class="menu-entry">
          {entry.path && (
            <span class="menu-heading">
              <span class="menu-path">{group.text} › </span>
              {entry.path}
            </span>
          )}
          <MenuLink entry={entry} path={path} />
        </span>
      ))}
    </>
  );
}

function MenuLink({ entry, path }: { entry: MenuEntry; path: string }) {
  return (
    <a class="menu-link" href={entry.href} aria-current={isCurrent(entry, path) ? 'page' : undefined}>
      {entry.text}
    </a>
  );
}

function Account({ shell }: { shell: Shell }) {
  const { name, email, role } = shell.member;
  return (
    <div class="account-panel">
      <p class="account-who">
        <strong>{name}</strong>
        <span class="sub">{email}</span>
        <span class="sub">{`${role[0]?.toUpperCase()}${role.slice(1)} of ${shell.organizationName}`}</span>
      </p>
      <button type="button" class="menu-link" data-theme-toggle>
        <Icon name="theme" />
        Switch light or dark
      </button>
      <PostForm action="/sign-out" csrfToken={shell.csrfToken}>
        <button type="submit" class="menu-link">
          Sign out
        </button>
      </PostForm>
    </div>
  );
}

const ENTRIES: readonly MenuEntry[] = [...INSIGHTS.entries, ...PLAIN, ...GROUPS.flatMap(({ entries }) => entries)];
const isBelow = (path: string, href: string) => path === href || path.startsWith(`${href}/`);

/** Whether the page is the entry's own or below it, and no other entry's that is nearer. */
function isCurrent({ href }: MenuEntry, path: string): boolean {
  return isBelow(path, href) && !ENTRIES.some((other) => other.href.length > href.length && isBelow(path, other.href));
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
