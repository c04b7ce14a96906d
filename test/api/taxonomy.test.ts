import assert from 'node:assert/strict';
import { CATEGORIES, SEVERITIES } from '../../src/domain/category.ts';
import { FIRST_TAXONOMY } from '../../src/domain/taxonomy.ts';
import { addApiKey, apiClient } from '../support/api-client.ts';
import type { Browser } from '../support/browser.ts';
import { useMongodb } from '../support/mongodb.ts';
import { addOrganization, signIn, startWebApp, type WebApp } from '../support/web-app.ts';

const PAGE = '/settings/taxonomy';

describe('the taxonomy and the insight settings', function () {
  this.timeout(60_000);
  const mongodb = useMongodb();
  let app: WebApp;
  let organizationId: string;
  let browser: Browser;
  beforeEach(async () => {
    app = await startWebApp({ mongodbUri: mongodb.newDatabase() });
    const organization = await addOrganization(app.storage, 'Acme');
    ({ organizationId } = organization);
    browser = await signIn(app, organization.email);
  });
  afterEach(() => app?.stop());

  const fields = (version: number, changes: Record<string, string> = {}) => ({
    version: String(version),
    ...Object.fromEntries(CATEGORIES.map((name) => [`definition-${name}`, FIRST_TAXONOMY.definitions[name]])),
    ...Object.fromEntries(SEVERITIES.map((name) => [`severity-${name}`, FIRST_TAXONOMY.severities[name]])),
    instructions: '',
    ...changes,
  });
  const current = () => app.storage.taxonomies.current(organizationId);

  it('are saved as a new version that says what changed, and an earlier one is restored as another', async () => {
    const changes = {
      'definition-bug': 'What we broke.',
      'area-0-name': 'Exports',
      'area-0-keywords': 'csv, download,csv',
      instructions: 'A “job” is an export.',
    };
    assert.equal((await browser.submit(PAGE, fields(1, changes))).status, 303);
    const page = await browser.get(PAGE);
    assert.match(
      page.text,
      /Version 2 is in force: definition of bug reports, product area “Exports” added, own instr/,
    );
    assert.deepEqual((await current()).productAreas, [
      { name: 'Exports', keywords: ['csv', 'download'], collectionId: null },
    ]);
    await browser.submit(`${PAGE}/restore`, { version: '1' }, PAGE);
    const { version, definitions, productAreas, savedBy } = await current();
    assert.deepEqual(
      [version, definitions.bug, productAreas, savedBy],
      [3, FIRST_TAXONOMY.definitions.bug, [], 'administrator@acme.example'],
    );
    const { entries } = await app.storage.auditTrail.list(organizationId, { limit: 5 });
    assert.equal(entries.filter(({ action }) => action === 'changed the taxonomy').length, 2);
  });

  it('keep what is unchanged, and refuse what was made from an older version', async () => {
    await browser.submit(PAGE, fields(1));
    assert.equal((await current()).version, 1);
    await browser.submit(PAGE, fields(1, { instructions: 'One' }));
    const late = await browser.submit(PAGE, fields(1, { instructions: 'Two' }));
    assert.equal(late.status, 409);
    assert.match(late.text, /Somebody saved another version meanwhile/);
    assert.equal((await current()).instructions, 'One');
  });

  it('say at each field what does not fit, and keep what was typed', async () => {
    const refused = await browser.submit(
      PAGE,
      fields(1, { 'definition-bug': '', 'area-0-name': 'Same', 'area-1-name': 'same', instructions: 'typed words' }),
    );
    assert.equal(refused.status, 422);
    assert.match(refused.text, /id="definition-bug-error"[^>]*>Say in 1 to 600 characters/);
    assert.match(refused.text, /Each product area needs a name of its own/);
    assert.match(refused.text, /typed words/);
    assert.equal((await current()).version, 1);
  });

  it('offer help collections that were mapped later, without adding them by themselves', async () => {
    await browser.submit(PAGE, fields(1, { instructions: 'Own' }));
    const { integrationId } = await app.storage.integrations.create(organizationId);
    const collections = [{ collectionId: 'c1', name: 'Billing', articles: 2 }];
    await app.storage.integrations.update(organizationId, integrationId, {
      state: 'live',
      docs: { connected: true, collections, mappedCollectionIds: ['c1'] },
    });
    assert.deepEqual((await current()).productAreas, []);
    const [, name] =
      /type="checkbox" name="(area-\d+-name)" value="Billing"/.exec((await browser.get(PAGE)).text) ?? [];
    assert.ok(name);
    const collection = name.replace('name', 'collection');
    await browser.submit(PAGE, fields(2, { instructions: 'Own', [name]: 'Billing', [collection]: 'c1' }));
    assert.deepEqual((await current()).productAreas, [{ name: 'Billing', keywords: [], collectionId: 'c1' }]);
  });

  it('are read and written by the API', async () => {
    const client = apiClient(app.origin, (await addApiKey(app.storage, organizationId)).secret);
    const first = (await client('get', '/api/v1/taxonomy')).body;
    const { savedAt: _at, savedBy: _by, ...draft } = first;
    const saved = await client('put', '/api/v1/taxonomy', { ...draft, instructions: 'By a program' });
    assert.deepEqual([saved.status, saved.body.version], [200, 2], saved.text);
    const late = await client('put', '/api/v1/taxonomy', { ...draft, instructions: 'Too late' });
    assert.deepEqual([late.status, late.body.code], [409, 'taxonomyChangedSince']);
    assert.equal((await client('post', '/api/v1/taxonomy/restore', { version: 1 })).body.version, 3);
    assert.equal((await client('post', '/api/v1/taxonomy/restore', { version: 9 })).status, 404);
    assert.equal((await client('get', '/api/v1/taxonomy/versions')).body.data.length, 3);
  });

  it('set how conversations are classified, with an entry in the audit trail', async () => {
    const sent = {
      ...{ classifier: 'auto', model: '', effort: 'high', temperature: '0.2', includeNotes: 'on', reviewPercent: '55' },
      ...{ dailyCapUsd: '12.50', atCap: 'offline', records: 'approval', outcomeCheckDays: '21' },
    };
    assert.equal((await browser.submit('/settings/insights', sent)).status, 303);
    assert.deepEqual((await app.storage.settings.get(organizationId)).insights, {
      ...{ classifier: 'auto', model: null, effort: 'high', temperature: 0.2, includeNotes: true, batches: false },
      confirmPatterns: false,
      ...{ reviewBelow: 0.55, dailyCapUsd: 12.5, atCap: 'offline', records: 'approval', outcomeCheckDays: 21 },
    });
    const { entries } = await app.storage.auditTrail.list(organizationId, { limit: 1 });
    assert.deepEqual([entries[0]?.action, entries[0]?.target], ['changed settings', 'Insight settings']);
    assert.match(entries[0]?.details ?? '', /US dollars a day: no limit → 12\.5/);
    const refused = await browser.submit('/settings/insights', { ...sent, temperature: '3', outcomeCheckDays: 'soon' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Enter a number from 0 to 1\./);
    assert.match(refused.text, /Enter a whole number from 1 to 90\./);
    const words = await browser.submit('/settings/insights', { ...sent, temperature: 'warm', dailyCapUsd: '1e3' });
    assert.match(words.text, /Enter a number from 0 to 1\./);
    assert.match(words.text, /Enter a number from 0 to 100,000\./);
    assert.equal((await browser.submit('/settings/insights', { ...sent, temperature: ' ' })).status, 303);
    assert.equal((await app.storage.settings.get(organizationId)).insights.temperature, null);
  });
});
