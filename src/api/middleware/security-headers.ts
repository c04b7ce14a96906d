import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../../config.ts';

/**
 * Helmet's headers, with a content policy that lets pages load from here only: nothing inline, nothing foreign. Contact
 * forms alone may stand inside other websites.
 */
export function securityHeaders(config: Config): RequestHandler {
  const overTls = config.publicUrl.startsWith('https:');
  const strict = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // Pico draws its form controls with data images.
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        // Browsers hold a form's redirects to this list too, and connecting redirects to Help Scout.
        formAction: ["'self'", new URL(config.helpScout.secureUrl).origin],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: overTls,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  const ofForms = helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: overTls,
    // A form's post must name its origin, which `no-referrer` would turn into `null`.
    referrerPolicy: { policy: 'same-origin' },
    // The policy's frame-ancestors decide; this older header knows no list of websites.
    xFrameOptions: false,
    crossOriginOpenerPolicy: false,
    // embed.js is loaded by other websites.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  return (req, res, next) => {
    if (!req.path.startsWith('/forms/')) return strict(req, res, next);
    // A page of a form replaces it with the websites that may frame it.
    res.set('Content-Security-Policy', formContentPolicy(["'none'"]));
    ofForms(req, res, next);
  };
}

/** The content policy of a contact form's page, which the given sources may frame. */
export function formContentPolicy(frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${frameAncestors.join(' ')}`,
  ].join('; ');
}
