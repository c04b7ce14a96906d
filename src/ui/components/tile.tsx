import type { ComponentChildren } from 'preact';

interface TileProps {
  label: string;
  /** Where the number leads. */
  href?: string;
  /** Whether somebody should look at it. */
  bad?: boolean;
  /** The number, and what stands beside it. */
  children: ComponentChildren;
  /** What stands below. */
  below?: ComponentChildren;
}

/** One number of a row of them. */
export function Tile({ label, href, bad = false, children, below }: TileProps) {
  const inside = (
    <>
      <span class="tile-label">{label}</span>
      <span class={bad ? 'tile-count bad' : 'tile-count'}>{children}</span>
      {below}
    </>
  );
  return href ? (
    <a class="tile" href={href}>
      {inside}
    </a>
  ) : (
    <div class="tile">{inside}</div>
  );
}
