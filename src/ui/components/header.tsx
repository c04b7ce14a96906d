import { INSIGHTS_PATH, NOTIFICATIONS_PATH } from '../links.ts';
import { isCurrent, type MenuEntry, type MenuGroup, menuOf } from '../menu.ts';
import type { Shell } from '../props.ts';
import { PostForm } from './form.tsx';
import { Icon } from './icon.tsx';
import { Mark } from './mark.tsx';

/** One header: organization, menu by role, account. Narrow screens get the same menu behind one button. */
export function Header({ shell }: { shell: Shell }) {
  const { insights, plain, groups } = menuOf(shell.member.role);
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

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
