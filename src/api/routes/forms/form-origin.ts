import type { Request } from 'express';
import type { Config } from '../../../config.ts';
import type { ContactForm } from '../../../domain/contact-form.ts';
import { originFrom, takesFrom } from '../../../domain/form-origins.ts';

type Headers = Record<string, string>;

/** What a browser is told about who may read the answer. */
export interface OriginAnswer {
  allowed: boolean;
  headers: Headers;
}

/** How long browsers remember what a preflight said. */
const PREFLIGHT_SECONDS = 600;

/**
 * Whether a request's origin may use the form, with the CORS headers that say so. Programs that are no browser send no
 * origin, and CORS is not about them.
 */
export function answerOrigin(config: Config, form: ContactForm, req: Request): OriginAnswer {
  const origin = req.get('Origin');
  if (form.allowedOrigins.length === 0) return { allowed: true, headers: readableBy('*') };
  const vary = { Vary: 'Origin' };
  if (origin === undefined) return { allowed: true, headers: vary };
  // Our own page of the form sends from here, whatever the list says.
  const allowed = isOurs(config, req, origin) || takesFrom(form, origin);
  return allowed ? { allowed, headers: { ...vary, ...readableBy(origin) } } : { allowed, headers: vary };
}

export const PREFLIGHT_HEADERS: Headers = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'Content-Type, Idempotency-Key',
  'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
};

/** Without this list scripts would not see where the status is, nor how long to wait. */
export const readableBy = (origin: string): Headers => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Expose-Headers': 'Location, Retry-After',
});

function isOurs(config: Config, req: Request, origin: string): boolean {
  const parsed = originFrom(origin);
  return parsed !== null && (parsed === originFrom(config.publicUrl) || new URL(parsed).host === req.host);
}
