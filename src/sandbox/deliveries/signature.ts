import { createHmac } from 'node:crypto';

/** JSON as PHP writes it: `/` and everything outside ASCII escaped. Receivers must check the signature on these bytes. */
export function phpJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The value of `X-HelpScout-Signature`. */
export function signatureOf(secret: string, body: string): string {
  return createHmac('sha1', secret).update(body).digest('base64');
}
