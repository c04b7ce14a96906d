import { Parser } from 'htmlparser2';
import type { WebClient, WebPage } from './web-client.ts';

interface FormField {
  name: string;
  type: string;
  value: string;
}

interface WebForm {
  method: string;
  action: URL;
  fields: FormField[];
}

/** All forms of a page, with their inputs and buttons. */
export function formsOf(page: WebPage): WebForm[] {
  const forms: WebForm[] = [];
  const parser = new Parser({
    onopentag(tag, attributes) {
      if (tag === 'form') {
        const action = new URL(attributes.action ?? '', page.url);
        forms.push({ method: (attributes.method ?? 'get').toLowerCase(), action, fields: [] });
      }
      if ((tag === 'input' || tag === 'button') && attributes.name) {
        const { name, type = 'text', value = '' } = attributes;
        forms.at(-1)?.fields.push({ name, type: tag === 'button' ? 'submit' : type, value });
      }
    },
  });
  parser.end(page.html);
  return forms;
}

/**
 * Sends the form whose action's path matches: hidden fields as they are, then `fields`; every checkbox of the names
 * in `checkAll` counts as ticked.
 * @throws Error when the page has no such form, or the answer is an error.
 */
export async function submitForm(
  client: WebClient,
  page: WebPage,
  action: RegExp,
  fields: Record<string, string> = {},
  checkAll: string[] = [],
): Promise<WebPage> {
  const form = formsOf(page).find((candidate) => candidate.method === 'post' && action.test(candidate.action.pathname));
  if (!form) throw new Error(`${page.url.pathname} (status ${page.status}) has no form for ${action}.`);
  const hidden = form.fields.filter(({ name, type }) => type === 'hidden' && !(name in fields));
  const ticked = form.fields.filter(({ name, type }) => type === 'checkbox' && checkAll.includes(name));
  const sent = [...hidden, ...ticked].map(({ name, value }): [string, string] => [name, value]);
  const answer = await client.post(form.action, [...sent, ...Object.entries(fields)]);
  if (answer.status >= 400) throw new Error(`${form.action.pathname} answered ${answer.status}.`);
  return answer;
}
