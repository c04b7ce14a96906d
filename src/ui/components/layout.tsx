import type { ComponentChildren } from 'preact';
import { safeHref } from '../links.ts';
import type { Flash, PublicShell, Shell } from '../props.ts';
import { STYLE_SHEETS } from '../static-files.ts';
import { ExternalLink } from './content.tsx';
import { Header } from './header.tsx';
import { Icon } from './icon.tsx';
import { Mark } from './mark.tsx';
import { Notice, type NoticeProps } from './notice.tsx';

/**
 * htmx without what a strict content policy forbids or we do not want: no style sheet of its own, error answers are not
 * swapped in, and a morph leaves `<details>` as the reader put them.
 */
const HTMX_CONFIG = JSON.stringify({
  includeIndicatorCSS: false,
  noSwap: [204, 304, '4xx', '5xx'],
  morphIgnore: ['data-htmx-powered', 'open'],
  defaultTimeout: 15_000,
});

function Document({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content={HTMX_CONFIG} />
        <title>{title}</title>
        <link rel="icon" type="image/svg+xml" href="/static/icon.svg" />
        <link rel="preload" as="style" href="/static/pico.min.css" />
        {STYLE_SHEETS.map((name) => (
          <link key={name} rel="stylesheet" href={`/static/${name}`} />
        ))}
        <script src="/static/app.js" />
        <script src="/static/htmx.min.js" defer />
      </head>
      <body>{children}</body>
    </html>
  );
}

interface PageProps {
  shell: Shell;
  title: string;
  children: ComponentChildren;
}

/** The frame of every page for signed-in people. */
export function Page({ shell, title, children }: PageProps) {
  const { banner, flash } = shell;
  return (
    <Document title={`${title} · ${shell.organizationName}`}>
      <a class="skip-link" href="#main">
        Skip to content
      </a>
      <Header shell={shell} />
      <Provenance sandboxUrl={shell.sandboxUrl} classifier={shell.classifier} />
      {banner && (
        <div class={`banner ${banner.kind}`} role={banner.kind === 'error' ? 'alert' : 'status'}>
          <div class="container">
            <Icon name="alert" />
            <span>{banner.text}</span>
            {banner.actionHref && banner.actionText && (
              <a href={safeHref(banner.actionHref) ?? '/'}>{banner.actionText}</a>
            )}
          </div>
        </div>
      )}
      <main id="main" class="container" tabindex={-1}>
        {flash && <FlashNotice flash={flash} />}
        {children}
      </main>
    </Document>
  );
}

/** The frame of pages before sign-in: one card in the middle. */
export function PublicPage({ shell, title, children }: Omit<PageProps, 'shell'> & { shell: PublicShell | null }) {
  return (
    <Document title={`${title} · Helpscout Insights`}>
      <main id="main" class="public" tabindex={-1}>
        <div class="public-brand">
          <Mark />
          Helpscout Insights
        </div>
        <div class="card public-card">
          {shell?.flash && <FlashNotice flash={shell.flash} />}
          {children}
        </div>
        {shell?.sandboxUrl && (
          <p class="public-note">
            The sandbox plays Help Scout here. <ExternalLink href={shell.sandboxUrl}>Open the sandbox</ExternalLink>
          </p>
        )}
      </main>
    </Document>
  );
}

/** Says whenever what the page shows does not come from the real Help Scout or from Claude. */
function Provenance({ sandboxUrl, classifier }: Pick<Shell, 'sandboxUrl' | 'classifier'>) {
  if (!sandboxUrl && classifier.kind === 'claude') return null;
  return (
    <div class="provenance">
      <div class="container">
        {sandboxUrl && (
          <span>
            The sandbox plays Help Scout. <ExternalLink href={sandboxUrl}>Open the sandbox</ExternalLink>
          </span>
        )}
        {classifier.kind === 'offline' && <span>The offline model ({classifier.model}) classifies.</span>}
      </div>
    </div>
  );
}

const FLASH: Record<Flash['kind'], Pick<NoticeProps, 'tone' | 'icon'>> = {
  success: { tone: 'green', icon: 'check' },
  info: { tone: 'blue', icon: 'info' },
  error: { tone: 'red', icon: 'alert' },
};

function FlashNotice({ flash }: { flash: Flash }) {
  const { tone, icon } = FLASH[flash.kind];
  return (
    <Notice tone={tone} icon={icon} role={flash.kind === 'error' ? 'alert' : 'status'}>
      {flash.text}
    </Notice>
  );
}
