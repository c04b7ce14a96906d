import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A file the web app serves as it is: the address's path, where it lies, and its media type. */
export interface StaticFile {
  path: string;
  file: string;
  contentType: string;
}

/** Shared parts first, then what single areas need; later ones win. */
export const STYLE_SHEETS = [
  'app.css',
  'log.css',
  'forms.css',
  'costs.css',
  'customers.css',
  'failures.css',
  'health.css',
  'integration.css',
  'records.css',
  'patterns.css',
  'api.css',
  'quality.css',
  'what-if.css',
] as const;

/**
 * Everything the pages link to, from our own folder and from packages. Throws when a package is not installed, which
 * should stop the web app at its start rather than leave pages bare.
 */
export function staticFiles(): readonly StaticFile[] {
  const { resolve } = createRequire(import.meta.url);
  const own = (name: string) => fileURLToPath(new URL(`./static/${name}`, import.meta.url));
  return [
    ...STYLE_SHEETS.map((name) => ({
      path: `/static/${name}`,
      file: own(name),
      contentType: 'text/css; charset=utf-8',
    })),
    { path: '/static/app.js', file: own('app.js'), contentType: 'text/javascript; charset=utf-8' },
    { path: '/static/review.js', file: own('review.js'), contentType: 'text/javascript; charset=utf-8' },
    { path: '/static/forms.js', file: own('forms.js'), contentType: 'text/javascript; charset=utf-8' },
    { path: '/static/form-frame.js', file: own('form-frame.js'), contentType: 'text/javascript; charset=utf-8' },
    { path: '/static/api-docs.js', file: own('api-docs.js'), contentType: 'text/javascript; charset=utf-8' },
    {
      path: '/static/swagger-ui.js',
      file: resolve('swagger-ui-dist/swagger-ui-bundle.js'),
      contentType: 'text/javascript; charset=utf-8',
    },
    {
      path: '/static/swagger-ui.css',
      file: resolve('swagger-ui-dist/swagger-ui.css'),
      contentType: 'text/css; charset=utf-8',
    },
    { path: '/static/icon.svg', file: own('icon.svg'), contentType: 'image/svg+xml' },
    {
      path: '/static/pico.min.css',
      file: resolve('@picocss/pico/css/pico.min.css'),
      contentType: 'text/css; charset=utf-8',
    },
    {
      path: '/static/htmx.min.js',
      file: resolve('htmx.org/dist/htmx.min.js'),
      contentType: 'text/javascript; charset=utf-8',
    },
    {
      path: '/static/inter.woff2',
      file: resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'),
      contentType: 'font/woff2',
    },
  ];
}
