/** What a page answered, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Of a redirect. */
  location: string;
  text: string;
}

/** A browser without script: keeps cookies, follows nothing, sends forms with the token of the page before. */
export function createBrowser(origin: string) {
  const cookies = new Map<string, string>();
  const browser = {
    cookies,

    async send(path: string, init: RequestInit = {}): Promise<Answer> {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { ...(cookie && { cookie }), ...Object.fromEntries(new Headers(init.headers)) };
      const response = await fetch(new URL(path, origin), { redirect: 'manual', ...init, headers });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const location = response.headers.get('location') ?? '';
      return { status: response.status, headers: response.headers, location, text: await response.text() };
    },

    get: (path: string) => browser.send(path),

    post(path: string, fields: Record<string, string | string[]> = {}): Promise<Answer> {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) for (const item of [value].flat()) body.append(name, item);
      return browser.send(path, { method: 'POST', body });
    },

    /** The form token of a page. */
    async token(path: string): Promise<string> {
      return /name="_csrf" value="([^"]+)"/.exec((await browser.get(path)).text)?.[1] ?? '';
    },

    /** Sends a form that the page `from` holds. */
    async submit(path: string, fields: Record<string, string | string[]> = {}, from = path): Promise<Answer> {
      return browser.post(path, { ...fields, _csrf: await browser.token(from) });
    },
  };
  return browser;
}
export type Browser = ReturnType<typeof createBrowser>;
