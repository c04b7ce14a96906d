import type { ComponentChildren } from 'preact';

/** The frame of every page; it says on each that this is not Help Scout. */
export function Page({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · Help Scout sandbox`}</title>
        <link rel="icon" href="/assets/person.svg" />
        <link rel="stylesheet" href="/assets/sandbox.css" />
      </head>
      <body>
        <header>
          <div>
            <strong>
              <a href="/">Help Scout sandbox</a>
            </strong>
            <nav aria-label="Sandbox">
              <a href="/sandbox">Control</a>
            </nav>
            <span class="muted">Plays Help Scout on this machine. Nothing written here reaches anybody.</span>
          </div>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}
