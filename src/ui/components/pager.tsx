import { withQuery } from '../links.ts';

interface PageLink {
  href: string;
  text: string;
}

/** Links to other pages of a list; nothing where there is none. */
export function PageLinks({ links }: { links: readonly (PageLink | null)[] }) {
  const present = links.filter((link) => link !== null);
  if (present.length === 0) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {present.map(({ href, text }) => (
        <a key={text} class="button secondary" href={href}>
          {text}
        </a>
      ))}
    </nav>
  );
}

/** Newer and older of a list that pages by cursor. */
export function Pager({ newest, older }: { newest: string | null; older: string | null }) {
  return (
    <PageLinks
      links={[newest ? { href: newest, text: 'Newest' } : null, older ? { href: older, text: 'Older' } : null]}
    />
  );
}

interface CursorPagerProps {
  /** The list's own address. */
  path: string;
  /** What the list is filtered by, with the cursor of this page; null: it is the newest. */
  filter: Readonly<Record<string, string | number | null>> & { before: string | null };
  /** The cursor of the next page; null at the end. */
  older: string | null;
}

/** The pager of a list whose filter is in its address, the cursor as `before`. */
export function CursorPager({ path, filter, older }: CursorPagerProps) {
  return (
    <Pager
      newest={filter.before ? withQuery(path, { ...filter, before: null }) : null}
      older={older && withQuery(path, { ...filter, before: older })}
    />
  );
}
