import type { ContactForm } from './contact-form.ts';

/** Names and addresses as DNS has them: URLs allow more, such as `;` and `*`, which mean something in a content policy. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d+)?$/;

/** `https://host[:port]` as browsers write it; null for what is no such origin. */
export function originFrom(text: string): string | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const { protocol, host, origin, pathname, search, hash, username, password } = new URL(trimmed);
  const bare = pathname === '/' && search === '' && hash === '' && username === '' && password === '';
  return bare && /^https?:$/.test(protocol) && HOST.test(host) ? origin : null;
}

/** Whether pages of an origin may use the form; an empty list means any. */
export function takesFrom({ allowedOrigins }: Pick<ContactForm, 'allowedOrigins'>, origin: string): boolean {
  return allowedOrigins.length === 0 || allowedOrigins.includes(origin);
}
