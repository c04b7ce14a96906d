import { render } from '../html/render.ts';

/** What an article shows, as text. Quotes stay: in an article they are its own words, and nobody signs it. */
export function articleText(html: string): string {
  return render(html).text.trim();
}
