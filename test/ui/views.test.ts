import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { InsightsPage, renderPage, staticFiles } from '../../src/ui/index.ts';
import { elementsOf, insideOf } from './markup.ts';
import { allPages } from './pages.ts';
import { insightsPage, shell } from './samples.ts';

const PAYLOAD = `"'><script>alert(1)</script><img src=x onerror=alert(2)>`;
const ADDRESSES = new Set([
  'webUrl',
  'conversationUrl',
  'temporalUrl',
  'sandboxUrl',
  'actionHref',
  'statusUrl',
  'helpScoutUrl',
  'href',
]);
/** Words of our own vocabulary, parsed before they reach a view. */
const VOCABULARY = new Set(
  'category state kind role type outcome direction trend sort range timeZone day severity attention from to indicator problem check customersMode code twin purpose source format scopes show part otherCategory recordKind priority verdict topics errorCode why later'.split(
    ' ',
  ),
);
const VOCABULARY_OF_ROWS = new Set(['status']);

/** The same data with a script in every free text, and `javascript:` in every address. */
function hostile<T>(value: T, key = ''): T {
  const change = (inner: unknown, name: string): unknown => {
    if (typeof inner === 'string') {
      if (ADDRESSES.has(name)) return 'javascript:alert(3)';
      return VOCABULARY.has(name) || VOCABULARY_OF_ROWS.has(name) ? inner : `${inner}${PAYLOAD}`;
    }
    if (inner instanceof Date || inner === null || typeof inner !== 'object') return inner;
    if (Array.isArray(inner)) return inner.map((item) => change(item, name));
    return Object.fromEntries(Object.entries(inner).map(([field, item]) => [field, change(item, field)]));
  };
  return change(value, key) as T;
}

const OWN_FILES = new Set(staticFiles().map(({ path }) => path));
const pages = Object.entries(allPages()).map(([name, view]) => [name, renderPage(view)] as const);
const hostilePages = Object.entries(allPages(hostile)).map(([name, view]) => [name, renderPage(view)] as const);

describe('every view', () => {
  it('is a whole document in one language, with a title and one main heading or message', () => {
    for (const [name, html] of pages) {
      assert.match(html, /^<!doctype html><html lang="en">/, name);
      const elements = elementsOf(html);
      assert.equal(elements.filter((element) => element.name === 'main').length, 1, name);
      assert.ok(elements.find((element) => element.name === 'title')?.text, name);
    }
  });

  it('shows hostile text as text', () => {
    for (const [name, html] of hostilePages) {
      const elements = elementsOf(html);
      for (const script of elements.filter((element) => element.name === 'script')) {
        assert.ok(OWN_FILES.has(script.attributes.src ?? ''), `${name}: ${script.attributes.src}`);
      }
      assert.equal(elements.filter((element) => element.name === 'img').length, 0, name);
      assert.ok(!name.startsWith('conversation') || html.includes('&lt;script>alert(1)'), name);
    }
  });

  it('links only to http addresses and paths of its own', () => {
    for (const [name, html] of hostilePages) {
      for (const { attributes } of elementsOf(html)) {
        for (const attribute of ['href', 'action', 'hx-get', 'src']) {
          const address = attributes[attribute];
          if (address !== undefined) assert.match(address, /^(https?:\/\/|\/(?!\/)|#)/, `${name}: ${attribute}`);
        }
      }
    }
  });

  it('has no inline script, style or handler', () => {
    for (const [name, html] of [...pages, ...hostilePages]) {
      for (const { name: tag, attributes, text } of elementsOf(html)) {
        assert.notEqual(tag, 'style', name);
        if (tag === 'script') assert.equal(text, '', name);
        for (const attribute of Object.keys(attributes)) {
          assert.ok(!/^(style|on.*|hx-on.*)$/.test(attribute), `${name}: ${attribute} on ${tag}`);
          assert.ok(!/^(js|javascript):/.test(attributes[attribute] ?? ''), `${name}: ${attribute} on ${tag}`);
        }
      }
    }
  });

  it('sends the session’s token with every form that changes something', () => {
    let forms = 0;
    for (const [name, html] of pages) {
      const elements = elementsOf(html);
      const tokens = elements.filter((element) => element.attributes.name === '_csrf');
      for (const form of elements.filter(
        (element) => element.name === 'form' && element.attributes.method === 'post',
      )) {
        // Contact forms are for people without a session.
        if (form.attributes.action?.startsWith('/forms/')) continue;
        forms += 1;
        const own = tokens.filter((token) => insideOf(token, 'form') === form);
        assert.deepEqual(
          own.map((token) => [token.attributes.type, token.attributes.value]),
          [['hidden', 'csrf-of-this-session']],
          `${name}: ${form.attributes.action}`,
        );
      }
    }
    assert.ok(forms > 40);
  });

  it('labels every control and describes it only by what is there', () => {
    for (const [name, html] of pages) {
      const elements = elementsOf(html);
      const labelled = new Set(
        elements.filter(({ name: tag }) => tag === 'label').map(({ attributes }) => attributes.for),
      );
      const ids = new Set(elements.map(({ attributes }) => attributes.id).filter(Boolean));
      for (const control of elements) {
        if (!['input', 'select', 'textarea'].includes(control.name) || control.attributes.type === 'hidden') continue;
        const isNamed = labelled.has(control.attributes.id) || control.attributes['aria-label'];
        assert.ok(isNamed, `${name}: ${control.attributes.name} has no label`);
        for (const id of (control.attributes['aria-describedby'] ?? '').split(' ').filter(Boolean)) {
          assert.ok(ids.has(id), `${name}: ${id} describes ${control.attributes.name} and is not there`);
        }
      }
      for (const control of elements.filter(({ name: tag }) => tag === 'button' || tag === 'a' || tag === 'summary')) {
        assert.ok(control.text.trim() || control.attributes['aria-label'], `${name}: a ${control.name} without words`);
      }
    }
  });

  it('uses no id twice', () => {
    for (const [name, html] of pages) {
      const ids = elementsOf(html).flatMap(({ attributes }) => attributes.id ?? []);
      assert.deepEqual(ids, [...new Set(ids)], name);
    }
  });
});

describe('live pages', () => {
  const polls = (html: string) => elementsOf(html).flatMap(({ attributes }) => attributes['hx-trigger'] ?? []);
  const draw = (changes: Parameters<typeof insightsPage>[0]) => polls(renderPage(InsightsPage(insightsPage(changes))));

  it('ask for insights often while a scan runs or nothing has come yet, else now and then, and never without one', () => {
    assert.ok(draw({ scan: null, connected: true, totalInsights: 0 }).includes('every 3s'));
    assert.ok(draw({ scan: null, connected: true }).includes('every 15s'));
    assert.ok(!draw({ scan: null, connected: false }).some((trigger) => trigger.startsWith('every')));
  });
});

describe('the menu', () => {
  const linksOf = (role: Parameters<typeof shell>[1] extends infer Changes ? Changes : never) => {
    const html = renderPage(InsightsPage(insightsPage({ shell: shell('/insights', role) })));
    const links = elementsOf(html).filter((element) => element.name === 'a' && insideOf(element, 'header'));
    return new Set(links.map((link) => link.attributes.href));
  };
  const everybody = [
    '/insights',
    '/insights/documentation',
    '/insights/quality',
    '/patterns',
    '/bug-reports',
    '/feature-requests',
  ];
  const tools = [
    '/tools/integrations/helpscout-log',
    '/tools/integrations/failures',
    '/tools/integrations/helpscout-health',
    '/tools/integrations/coverage',
    '/tools/integrations/helpscout-calls',
    '/tools/integrations/duplicates',
    '/tools/integrations/e-mails',
    '/customers',
    '/tickets/new',
    '/insights/review',
    '/insights/costs',
    '/insights/approvals',
  ];
  const settings = [
    'integrations',
    'helpscout',
    'notifications',
    'insights',
    'taxonomy',
    'forms',
    'api-keys',
    'members',
    'erase',
  ].map((name) => `/settings/${name}`);

  it('offers a member what members may use', () => {
    assert.deepEqual(linksOf({ role: 'member' }), new Set(everybody));
  });

  it('offers a manager the tools too', () => {
    assert.deepEqual(linksOf({ role: 'manager' }), new Set([...everybody, ...tools]));
  });

  it('offers an administrator the settings too', () => {
    assert.deepEqual(
      linksOf({ role: 'administrator' }),
      new Set([...everybody, ...tools, ...settings, '/insights/what-if']),
    );
  });

  it('offers an operator the whole installation too', () => {
    assert.deepEqual(
      linksOf({ role: 'operator' }),
      new Set([...everybody, ...tools, ...settings, '/insights/what-if', '/operations']),
    );
  });

  it('marks the page that is open, and only it', () => {
    const html = renderPage(InsightsPage(insightsPage({ shell: shell('/patterns/p1') })));
    const current = elementsOf(html).filter(
      (one) => insideOf(one, 'header') && one.attributes['aria-current'] === 'page',
    );
    assert.deepEqual(new Set(current.map((link) => link.attributes.href)), new Set(['/patterns']));
  });
});

describe('the pages’ frame', () => {
  it('says that the sandbox plays Help Scout and that the offline model classifies, only when they do', () => {
    const draw = (changes: Parameters<typeof shell>[1]) =>
      renderPage(InsightsPage(insightsPage({ shell: shell('/insights', changes) })));
    const local = draw({});
    assert.match(local, /The sandbox plays Help Scout/);
    assert.match(local, /The offline model \(linear-2026-11\) classifies/);
    const real = draw({ sandboxUrl: null, classifier: { kind: 'claude', model: 'claude' } });
    assert.doesNotMatch(real, /sandbox|offline model/);
  });

  it('lets nobody but people with the role change a record or retry a sync', () => {
    const asMember = <T>(props: T): T => {
      const known = props as { shell?: { member?: { role: string } } | null };
      return known.shell?.member
        ? { ...props, shell: { ...known.shell, member: { ...known.shell.member, role: 'member' } } }
        : props;
    };
    const drawn = allPages(asMember);
    for (const name of ['pattern', 'record', 'log', 'failures', 'failed-rows', 'retry-run', 'customer', 'api-usage']) {
      const view = drawn[name];
      assert.ok(view);
      const actions = elementsOf(renderPage(view)).flatMap(({ name: tag, attributes }) =>
        tag === 'form' && attributes.method === 'post' ? (attributes.action ?? []) : [],
      );
      // Saving a filter for oneself changes nothing of anybody's.
      const changing = actions.filter((action) => !action.startsWith('/tools/integrations/helpscout-log/views'));
      assert.deepEqual(new Set(changing), new Set(['/sign-out']), name);
    }
  });

  it('can serve every file it links to', async () => {
    const files = new Map(staticFiles().map((file) => [file.path, file.file]));
    for (const [name, html] of pages) {
      for (const { name: tag, attributes } of elementsOf(html)) {
        const address = tag === 'script' ? attributes.src : tag === 'link' ? attributes.href : undefined;
        if (address) assert.ok(files.has(address), `${name}: ${address}`);
      }
    }
    for (const file of files.values()) assert.ok((await readFile(file)).length > 0, file);
  });
});
