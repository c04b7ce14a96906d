import type { ComponentChildren } from 'preact';
import { type Clock, formatAge, formatMinute, formatMoment } from '../format.ts';
import { safeHref } from '../links.ts';
import { Icon, type IconName } from './icon.tsx';

/** A moment as its age, the full date and zone in its title; `exact` writes date and minute instead. */
export function Time({ at, clock, exact = false }: { at: Date; clock: Clock; exact?: boolean }) {
  return (
    <time datetime={at.toISOString()} title={formatMoment(at, clock)}>
      {exact ? formatMinute(at, clock) : formatAge(at, clock)}
    </time>
  );
}

/** A link that leaves the product: own tab, no opener; plain text where the address is not a safe one. */
export function ExternalLink({ href, class: className, children }: { href: string; class?: string; children: string }) {
  const safe = safeHref(href);
  if (!safe) return <span>{children}</span>;
  return (
    <a href={safe} class={className ? `external ${className}` : 'external'} target="_blank" rel="noopener noreferrer">
      {children}
      <Icon name="external" />
      <span class="visually-hidden"> (opens in a new tab)</span>
    </a>
  );
}

interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** The one thing to do next, as a button. */
  action?: { href: string; text: string; kind?: 'primary' | 'secondary' } | false;
  children?: ComponentChildren;
}

/** What a page without rows says, and what to do next. */
export function EmptyState({ icon, title, action, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} />
      </span>
      <h2>{title}</h2>
      {children}
      {action && (
        <p class="empty-actions">
          <a class={`button ${action.kind ?? 'secondary'}`} href={action.href}>
            {action.text}
          </a>
        </p>
      )}
    </div>
  );
}

/** The same where the card of the rows would be. */
export function EmptyCard(props: EmptyStateProps) {
  return (
    <div class="card">
      <EmptyState {...props} />
    </div>
  );
}

interface PageHeadProps {
  title: string;
  /** One line under the title. */
  lead?: ComponentChildren;
  back?: { href: string; text: string };
  actions?: ComponentChildren;
}

export function PageHead({ title, lead, back, actions }: PageHeadProps) {
  return (
    <div class="page-head">
      <div class="page-title">
        {back && (
          <a class="back" href={back.href}>
            {back.text}
          </a>
        )}
        <h1>{title}</h1>
        {lead && <div class="lead">{lead}</div>}
      </div>
      {actions && <div class="actions">{actions}</div>}
    </div>
  );
}

/** Links that pick one of a few values, the current one marked. */
export function Tabs({ label, items }: { label: string; items: { href: string; text: string; current: boolean }[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {items.map((item) => (
        <a key={item.href} href={item.href} aria-current={item.current ? 'page' : undefined}>
          {item.text}
        </a>
      ))}
    </nav>
  );
}

/** A customer by name, the address below; "Unknown customer" where Help Scout gave neither. */
export function Customer({ customer }: { customer: { name?: string | null; email?: string | null } }) {
  const name = customer.name || customer.email || 'Unknown customer';
  return (
    <span class="stacked">
      <span class="ellipsis">{name}</span>
      {customer.name && customer.email && <span class="sub ellipsis">{customer.email}</span>}
    </span>
  );
}
