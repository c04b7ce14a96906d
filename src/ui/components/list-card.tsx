import type { ComponentChildren } from 'preact';

interface ListCardProps {
  /** The heading's id is made from it. */
  id: string;
  title: ComponentChildren;
  /** What stands beside the title, in a few words. */
  note?: ComponentChildren;
  /** What there is to know before reading it, in sentences. */
  about?: ComponentChildren;
  children: ComponentChildren;
}

/** A card whose table or list reaches its edges, under a heading. */
export function ListCard({ id, title, note, about, children }: ListCardProps) {
  return (
    <section class="card flush" aria-labelledby={`${id}-heading`}>
      <div class="card-head">
        <h2 id={`${id}-heading`}>{title}</h2>
        {note && <span class="sub">{note}</span>}
        {about && <p class="sub">{about}</p>}
      </div>
      {children}
    </section>
  );
}
