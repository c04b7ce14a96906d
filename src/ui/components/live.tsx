import type { ComponentChildren } from 'preact';

interface LiveProps {
  id: string;
  /** The fragment that is fetched. */
  href: string;
  /** How often, as htmx writes it: `2s`. */
  every: string;
  /** Id of the element that the fragment replaces; it holds this one. */
  target: string;
  children: ComponentChildren;
}

/** Fetches a part of the page again and again, and says so. */
export function Live({ id, href, every, target, children }: LiveProps) {
  return (
    <p class="live" id={id} hx-get={href} hx-trigger={`every ${every}`} hx-target={`#${target}`} hx-swap="outerMorph">
      <span class="live-dot" aria-hidden="true" />
      {children}
    </p>
  );
}
