import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { logAsCsv } from '../../src/api/readers/log-export.ts';
import { plainCell } from '../../src/api/readers/plain-cell.ts';
import { SYNC_EVENT_NAMES, type SyncEvent } from '../../src/domain/sync-event.ts';
import type { Browser } from '../support/browser.ts';
import { addLogRows } from '../support/log-rows.ts';
import { until } from '../support/until.ts';
import { addMember, addOrganization, signIn, useWebApp, type WebApp } from '../support/web-app.ts';

const PAGE = '/tools/integrations/helpscout-log';
const NOW = new Date('2026-11-12T09:15:00Z');

describe('cells of a CSV file', () => {
  /** How programs split a line that was made for others, and what they drop before they look for a formula. */
  const cells = (cell: string) => cell.split(/[\r\n\t,;|]/).map((part) => part.replace(/^[\s\p{Cc}\p{Cf}"]+/u, ''));

  it('never begin a formula, wherever a spreadsheet looks for the beginning', () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '＋1', '－1', '＠a', '=HYPERLINK("http://x","y")'];
    const before = [
      '',
      ' ',
      '  ',
      '\t',
      '\r',
      '\n',
      '"',
      '""',
      '" ',
      '\u00a0',
      '\u0000',
      '\u200b',
      '\ufeff',
      'a\n',
      'a,',
      'a;',
      'a;"',
      'a\t',
    ];
    for (const formula of formulas) {
      for (const start of before) {
        for (const cell of cells(plainCell(`${start}${formula}`))) {
          assert.doesNotMatch(cell, /^[=+\-@＝＋－＠]/, JSON.stringify(`${start}${formula}`));
        }
      }
    }
    assert.match(plainCell('\tplain'), /^'/);
    assert.match(plainCell('\rplain'), /^'/);
    assert.equal(plainCell('=1'), "'=1");
  });

  it('stay as they are where they cannot', () => {
    for (const text of [
      '',
      'ann@client.example',
      'a - b',
      '3 messages read, classified',
      '2026-11-12T10:15:00.000+01:00',
    ]) {
      assert.equal(plainCell(text), text);
    }
  });
});

describe('the log’s export', function () {
  this.timeout(60_000);
  const app = useWebApp();
  let manager: Browser;
  let organizationId: string;

  before(async () => {
    app.setTime(NOW);
    ({ organizationId } = await addOrganization(app.storage, 'Acme'));
    await addMember(app.storage, organizationId, 'manager@acme.example', 'manager');
    manager = await signIn(app, 'manager@acme.example');
    await addLogRows(
      app.storage,
      organizationId,
      Array.from({ length: 650 }, (_, index) => ({
        eventId: `ticket:o:${index}`,
        createdAt: new Date(NOW.getTime() - index * 60_000),
        customerEmail: index % 2 === 0 ? 'zoë+büro@client.example' : '=cmd|calc!a1@evil.example',
        details: index % 3 === 0 ? 'Says "hello, world";\r\nand more – 日本' : 'plain',
        ...(index % 5 === 0 && { conversationId: 7000 + index }),
        ...(index % 4 === 0
          ? { status: 'failed' as const, error: { code: 'invalidEmail' as const } }
          : { status: 'success' as const }),
      })),
    );
  });

  const everyRow = async (filter = {}) => {
    const events: SyncEvent[] = [];
    for await (const event of app.storage.syncEvents.stream(organizationId, filter)) events.push(event);
    return events;
  };

  it('is CSV that Excel and RFC 4180 read, with the rows of the page in its order', async () => {
    const { text, headers } = await manager.get(`${PAGE}/export.csv?range=today&status=failed`);
    assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.match(headers.get('content-disposition') ?? '', /filename="helpscout-log_2026-11-12_2026-11-12\.csv"/);
    // fetch takes a byte order mark away.
    const answer = await fetch(`${app.origin}${PAGE}/export.csv?range=today&status=failed`, {
      headers: { cookie: [...manager.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    assert.equal(bytes.toString('utf8').replace(/^\ufeff/, ''), text.replace(/^\ufeff/, ''));
    assert.doesNotMatch(text.replaceAll('\r\n', ''), /^[=+\-@]/m);

    const records: Record<string, string>[] = parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n' });
    const wanted = await everyRow({ from: new Date('2026-11-11T23:00:00Z'), statuses: ['failed'] });
    assert.ok(wanted.length > 130 && records.length === wanted.length, `${records.length} of ${wanted.length}`);
    for (const [index, event] of wanted.entries()) {
      const record = records[index];
      assert.equal(record?.['Event id'], event.eventId);
      assert.equal(record['Customer e-mail'], plainCell(event.customerEmail ?? ''));
      assert.equal(record.Details, event.details);
      assert.equal(record['Event type'], SYNC_EVENT_NAMES[event.type]);
      assert.equal(record['Conversation id'], event.conversationId === null ? '' : String(event.conversationId));
      assert.equal(record['Error message'], event.error?.message);
      assert.equal(record.Remedy, event.error?.remedy);
      assert.match(record.Time ?? '', /^2026-11-12T\d\d:\d\d:\d\d\.\d{3}\+01:00$/);
      assert.equal(new Date(record.Time ?? '').getTime(), event.createdAt.getTime());
    }
    const page = (await manager.get(`${PAGE}?range=today&status=failed`)).text;
    const onPage = [...page.matchAll(/id="event-([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(
      records.slice(0, 50).map((record) => record['Event id']),
      onPage,
    );
  });

  it('is NDJSON of every row, without a mark', async () => {
    const { text, headers } = await manager.get(`${PAGE}/export.ndjson?range=custom`);
    assert.equal(headers.get('content-type'), 'application/x-ndjson; charset=utf-8');
    const objects = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const wanted = await everyRow();
    assert.deepEqual(
      objects.map(({ eventId, customerEmail, details, error }) => ({ eventId, customerEmail, details, error })),
      wanted.map(({ eventId, customerEmail, details, error }) => ({ eventId, customerEmail, details, error })),
    );
    assert.equal(objects.length, 650);
  });

  it('is a header alone where nothing matches', async () => {
    const { text } = await manager.get(`${PAGE}/export.csv?q=nobody@client.example`);
    assert.equal(text.split('\r\n').length, 2);
  });

  it('is noted in the audit trail', async () => {
    const { entries } = await app.storage.auditTrail.list(organizationId, { limit: 1 });
    assert.equal(entries[0]?.by, 'manager@acme.example');
    assert.equal(entries[0]?.action, 'exported the log');
  });

  it('is not for members', async () => {
    await addMember(app.storage, organizationId, 'member@acme.example', 'member');
    const member = await signIn(app, 'member@acme.example');
    assert.equal((await member.get(`${PAGE}/export.csv`)).status, 403);
    assert.equal((await member.get(`${PAGE}/export.ndjson`)).status, 403);
  });

  describe('of more rows than anybody waits for', () => {
    let given = 0;
    let ended = false;
    let real: WebApp['storage']['syncEvents']['stream'];
    before(async () => {
      const [sample] = await everyRow();
      assert.ok(sample);
      const event = { ...sample, details: 'x'.repeat(1000) };
      real = app.storage.syncEvents.stream;
      app.storage.syncEvents.stream = async function* () {
        try {
          for (; given < 5_000_000; given++) yield event;
        } finally {
          ended = true;
        }
      };
    });
    after(() => {
      app.storage.syncEvents.stream = real;
    });

    it('is read no faster than it is taken, and ends when the reader goes away', async () => {
      const cookie = [...manager.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const leave = new AbortController();
      const answer = await fetch(`${app.origin}${PAGE}/export.csv?range=custom`, {
        headers: { cookie },
        signal: leave.signal,
      });
      const reader = answer.body?.getReader();
      await reader?.read();
      leave.abort();
      await until(async () => ended, { what: 'the end of the cursor' });
      assert.ok(given < 200_000, `${given} rows were read for one chunk`);
    });

    it('holds one batch at a time', async () => {
      given = 0;
      let chunks = 0;
      for await (const chunk of logAsCsv({ storage: app.storage, timeZone: 'UTC' }, organizationId, {})) {
        assert.ok(chunk.length < 400_000);
        chunks += 1;
        assert.ok(given <= 200 * chunks, `${given} rows for ${chunks} chunks`);
        if (chunks === 20) break;
      }
    });
  });
});
