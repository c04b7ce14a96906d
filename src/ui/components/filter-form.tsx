import type { ComponentChildren } from 'preact';

interface FilterFormProps {
  /** The page itself: without script the form reloads it. */
  action: string;
  /** Id of the element that the answer replaces; the address changes with it. */
  target: string;
  /** Id of another element that depends on the filter. */
  alsoTarget?: string;
  label: string;
  children: ComponentChildren;
}

/** Filters that act as they change, in the address too, and as a plain GET form without script. */
export function FilterForm({ action, target, alsoTarget, label, children }: FilterFormProps) {
  return (
    <form
      class="filters"
      method="get"
      action={action}
      aria-label={label}
      hx-get={action}
      hx-trigger="input delay:300ms, submit"
      hx-select={`#${target}`}
      hx-select-oob={alsoTarget && `#${alsoTarget}`}
      hx-target={`#${target}`}
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-sync="this:replace"
    >
      {children}
      <noscript>
        <button type="submit" class="button secondary">
          Apply
        </button>
      </noscript>
    </form>
  );
}
