import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { renderPage, staticFiles } from '../../src/ui/index.ts';
import { allPages } from './pages.ts';

/*
 * Takes a picture of every page at two widths, light and dark, under the content policy of the web app, and prints what
 * the policy refused and which pages are wider than the screen.
 *
 *   npx tsx test/ui/gallery.ts FOLDER [PAGE ...]
 */
const CONTENT_POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:";
const VARIANTS = [
  { name: 'wide-light', width: 1280, scheme: 'light' },
  { name: 'wide-dark', width: 1280, scheme: 'dark' },
  { name: 'narrow-light', width: 390, scheme: 'light' },
  { name: 'narrow-dark', width: 390, scheme: 'dark' },
] as const;

const [folder, ...wanted] = process.argv.slice(2);
if (!folder) throw new Error('Say into which folder: npx tsx test/ui/gallery.ts FOLDER [PAGE ...]');
await mkdir(folder, { recursive: true });

const pages = new Map(Object.entries(allPages()).map(([name, view]) => [name, renderPage(view)]));
const files = new Map(staticFiles().map((file) => [file.path, file]));

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://gallery').pathname;
  const file = files.get(path);
  const page = pages.get(path.slice(1));
  response.setHeader('Content-Security-Policy', CONTENT_POLICY);
  if (file) {
    response.setHeader('Content-Type', file.contentType);
    void readFile(file.file).then((bytes) => response.end(bytes));
  } else if (page) {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(page);
  } else {
    response.statusCode = 404;
    response.end();
  }
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('The gallery server has no port.');

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  for (const { name: variant, width, scheme } of VARIANTS) {
    const context = await browser.newContext({ viewport: { width, height: 860 }, colorScheme: scheme });
    const tab = await context.newPage();
    for (const name of wanted.length > 0 ? wanted : pages.keys()) {
      const complaints: string[] = [];
      const listen = (message: { type(): string; text(): string }) => {
        if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
      };
      tab.on('console', listen);
      await tab.goto(`http://127.0.0.1:${address.port}/${name}`, { waitUntil: 'load' });
      await tab.evaluate(() => document.fonts.ready.then(() => undefined));
      const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await writeFile(join(folder, `${name}.${variant}.png`), await tab.screenshot({ fullPage: true }));
      if (overflow > 0) complaints.push(`${overflow} px wider than the screen`);
      for (const complaint of complaints) console.log(`${name} ${variant}: ${complaint}`);
      tab.off('console', listen);
    }
    await context.close();
  }
  console.log(`${wanted.length || pages.size} pages, ${VARIANTS.length} variants in ${folder}`);
} finally {
  await browser.close();
  server.close();
}
