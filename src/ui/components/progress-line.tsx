import type { ComponentChildren } from 'preact';
import { formatPercent } from '../format.ts';

interface ProgressLineProps {
  /** What is counted, for people who hear it. */
  label: string;
  /** From 0 to 1; null while it is not known. */
  share: number | null;
  /** It stands still for now. */
  held?: boolean;
  /** Stands after the percent. */
  children?: ComponentChildren;
}

/** How far something is. */
export function ProgressLine({ label, share, held = false, children }: ProgressLineProps) {
  return (
    <div class="progress-line">
      <progress aria-label={label} max={1} value={share ?? undefined} class={held ? 'held' : undefined} />
      <span class="progress-text">
        {share === null ? 'counting…' : formatPercent(share)}
        {children}
      </span>
    </div>
  );
}
