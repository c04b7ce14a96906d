import type { Response } from 'express';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** Sends a page that may run no script, load nothing from elsewhere and be put in no frame. */
export function sendPage(response: Response, status: number, page: VNode): void {
  response.setHeader(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'same-origin');
  response
    .status(status)
    .type('html')
    .send(`<!doctype html>${renderToString(page)}`);
}
