import type { ComponentChildren } from 'preact';
import { STYLE_SHEETS } from '../../static-files.ts';

/** The frame of a contact form's own pages, which stand alone or inside another website. */
export function PublicDocument({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="icon" type="image/svg+xml" href="/static/icon.svg" />
        {STYLE_SHEETS.filter((name) => name === 'app.css' || name === 'forms.css').map((name) => (
          <link key={name} rel="stylesheet" href={`/static/${name}`} />
        ))}
        <script src="/static/form-frame.js" defer />
      </head>
      <body class="contact-body">
        <main class="contact">{children}</main>
      </body>
    </html>
  );
}
