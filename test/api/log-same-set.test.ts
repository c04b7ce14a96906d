import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { logQuery, logSelection } from '../../src/api/readers/log-query.ts';
import { DIRECTIONS, SYNC_EVENT_TYPES } from '../../src/domain/sync-event.ts';
import { collect } from '../../src/helpscout/paging.ts';
import { LOG_STATUSES, LOG_TYPES } from '../../src/ui/log-filter.ts';
import { addApiKey, apiClient } from '../support/api-client.ts';
import type { Browser } from '../support/browser.ts';
import { addLogRows } from '../support/log-rows.ts';
import { addOrganization, signIn, useWebApp } from '../support/web-app.ts';

const PAGE = '/tools/integrations/helpscout-log';
const NOW = new Date('2026-11-12T09:15:00Z');
const EMAILS = ['ann@client.example', 'anna@client.example', '=1+1@client.example', null];
const SUBMISSION = '0b0e7a52-90a5-4c1e-9a0c-61d2b2ff7c01';

const rowArbitrary = fc.record({
  type: fc.constantFrom(...SYNC_EVENT_TYPES.slice(0, 7)),
  direction: fc.constantFrom(...DIRECTIONS),
  customerEmail: fc.constantFrom(...EMAILS),
  conversationId: fc.constantFrom(null, 7001, 7002),
  submissionId: fc.constantFrom(null, SUBMISSION),
  // Few moments, so that many rows share theirs; some lie before the usual range, or on its edge.
  createdAt: fc
    .constantFrom(0, 1, 20, 24, 25, 100, 24 * 7, 24 * 9)
    .map((hours) => new Date(NOW.getTime() - hours * 3_600_000)),
  end: fc.constantFrom(
    { status: 'success' as const },
    { status: 'failed' as const, error: { code: 'timeout' as const } },
    { status: 'failed' as const, error: { code: 'invalidEmail' as const } },
    { status: 'retrying' as const },
    { status: 'skipped' as const },
    {},
  ),
});

const filterArbitrary = fc.record(
  {
    range: fc.constantFrom('24h', '48h', '7d', '30d', 'today', 'custom'),
    type: fc.subarray([...LOG_TYPES]),
    status: fc.subarray([...LOG_STATUSES]),
    direction: fc.constantFrom(...DIRECTIONS),
    cause: fc.constantFrom('timeout', 'invalidEmail'),
    q: fc.constantFrom('ann', 'Ann@Client.example', '7001', SUBMISSION, '=', '.*'),
  },
  { requiredKeys: ['range'] },
);
const queryOf = (filter: object): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) for (const one of [value].flat()) query.append(name, `${one}`);
  return query.toString();
};

describe('the page, the API and the export of the log', function () {
  this.timeout(240_000);
  const app = useWebApp();
  let organizations = 0;
  before(async () => {
    app.setTime(NOW);
  });

  const newOrganization = async () => {
    organizations += 1;
    const name = `org${organizations}`;
    const { organizationId } = await addOrganization(app.storage, name);
    const browser = await signIn(app, `administrator@${name}.example`);
    const { secret } = await addApiKey(app.storage, organizationId);
    return { organizationId, browser, api: apiClient(app.origin, secret) };
  };
  const add = (
    organizationId: string,
    prefix: string,
    rows: readonly (typeof rowArbitrary extends fc.Arbitrary<infer R> ? R : never)[],
  ) =>
    addLogRows(
      app.storage,
      organizationId,
      rows.map(({ end, ...row }, index) => ({ ...row, ...end, eventId: `${prefix}${index}` })),
    );
  const onPage = (html: string) => [...html.matchAll(/id="event-([^"]+)"/g)].map(([, id]) => id);
  const olderThan = (html: string) => /href="([^"]+)"[^>]*>\s*Older/.exec(html)?.[1]?.replaceAll('&amp;', '&');

  const everyPage = async (browser: Browser, query: string, between: () => Promise<void>) => {
    const seen: (string | undefined)[] = [];
    for (let next: string | undefined = `${PAGE}?${query}`; next; ) {
      const { text, status } = await browser.get(next);
      assert.equal(status, 200, query);
      seen.push(...onPage(text));
      await between();
      next = olderThan(text);
    }
    return seen;
  };

  it('select the same rows in the same order for any rows and filter, and skip and repeat none while rows arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowArbitrary, { minLength: 40, maxLength: 130 }),
        fc.array(filterArbitrary, { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, filters, limit) => {
          const { organizationId, browser, api } = await newOrganization();
          await add(organizationId, 'row', rows);
          for (const [number, filter] of filters.entries()) {
            const query = queryOf(filter);
            const { wanted } = logSelection(logQuery.parse(filter), { now: NOW, timeZone: 'Europe/Berlin' });
            const stored = (await collect(app.storage.syncEvents.stream(organizationId, wanted))).map(
              ({ eventId }) => eventId,
            );

            const ndjson = (await api('get', `/api/v1/log/export?${query}`)).text;
            assert.deepEqual(
              ndjson
                .split('\n')
                .filter(Boolean)
                .map((line) => JSON.parse(line).eventId),
              stored,
              query,
            );
            const csv = (await browser.get(`${PAGE}/export.csv?${query}`)).text;
            const records: Record<string, string>[] = parse(csv, { bom: true, columns: true });
            assert.deepEqual(
              records.map((record) => record['Event id']),
              stored,
              query,
            );

            // Rows that arrive have the newest moment of all, or share it with others.
            let arrived = 0;
            const arrive = async () => {
              arrived += 1;
              await add(
                organizationId,
                `zz-${number}-${arrived}-`,
                rows.slice(0, 2).map((row) => ({ ...row, createdAt: NOW })),
              );
            };
            const arrivedBefore = (ids: readonly (string | undefined)[]) =>
              ids.filter((id) => !id?.startsWith(`zz-${number}-`));
            const pages = await everyPage(browser, query, arrive);
            assert.equal(new Set(pages).size, pages.length, query);
            assert.deepEqual(arrivedBefore(pages), stored, query);

            const listed: string[] = [];
            for (let cursor: string | null = ''; cursor !== null; ) {
              const { body, status } = await api(
                'get',
                `/api/v1/log/events?${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
              );
              assert.equal(status, 200, query);
              listed.push(...body.data.map(({ eventId }: { eventId: string }) => eventId));
              cursor = body.nextCursor;
              await arrive();
            }
            assert.equal(new Set(listed).size, listed.length, query);
            assert.deepEqual(arrivedBefore(listed), stored, query);
          }
        },
      ),
      { numRuns: 4 },
    );
  });
});
