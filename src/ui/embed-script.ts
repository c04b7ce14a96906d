import { readFileSync } from 'node:fs';

/** The script with which another website puts a contact form in place; the same for every form. */
export function embedScript(): string {
  return readFileSync(new URL('./static/form-embed.js', import.meta.url), 'utf8');
}
