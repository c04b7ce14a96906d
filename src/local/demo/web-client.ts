/** A page as a browser would hold it after redirects. */
export interface WebPage {
  url: URL;
  status: number;
  html: string;
}

const MOST_REDIRECTS = 10;

/** A browser without a screen: keeps cookies per host, follows redirects, sends forms. */
export function createWebClient() {
  const cookies = new Map<string, Map<string, string>>();

  async function request(url: URL, init: RequestInit, redirects = 0): Promise<WebPage> {
    const jar = cookies.get(url.host) ?? new Map<string, string>();
    cookies.set(url.host, jar);
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      jar.set(name.trim(), value);
    }
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location) {
      await response.arrayBuffer();
      if (redirects >= MOST_REDIRECTS) throw new Error(`${url.origin} redirects without end.`);
      return request(new URL(location, url), { method: 'GET' }, redirects + 1);
    }
    return { url, status: response.status, html: await response.text() };
  }

  return {
    get: (url: string | URL) => request(new URL(url), { method: 'GET', headers: { accept: 'text/html' } }),

    post: (url: URL, fields: [string, string][]) =>
      request(url, {
        method: 'POST',
        headers: { accept: 'text/html', origin: url.origin },
        body: new URLSearchParams(fields),
      }),
  };
}
export type WebClient = ReturnType<typeof createWebClient>;
