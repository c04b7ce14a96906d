import assert from 'node:assert/strict';
import fc from 'fast-check';
import { originalRange } from '../../src/helpscout/html/spans.ts';
import { htmlToText } from '../../src/helpscout/html-to-text.ts';
import { messageHtml } from '../../src/sandbox/inbox/message-html.ts';
import { MAILS } from './mails.ts';

const seed = Number(process.env.FC_SEED ?? 20260301);
/** Of hostile HTML, in characters. */
const SIZE = 300_000;
const mails = Object.values(MAILS).map(({ html }) => html);

const SOUP = [
  ...[
    '<',
    '>',
    '/',
    '&',
    ';',
    '"',
    '=',
    ' ',
    '\n',
    'x',
    '<!--',
    '-->',
    '&amp;',
    '&nbsp;',
    '&#128512;',
    '&NotEqualTilde;',
  ],
  ...[
    '<p>',
    '</p>',
    '<br>',
    '<div>',
    '</div>',
    '<table><tr><td>',
    '</table>',
    '<li>',
    '<pre>',
    '</pre>',
    '<b>',
    '</i>',
  ],
  ...['<script>', '</script>', '<style>', '<head>', '<textarea>', '<plaintext>', '<svg>', '<![CDATA[', '<p hidden>'],
  ...['<blockquote>', '<blockquote type=cite>', '</blockquote>', '<div class="gmail_quote">', '<div id=divRplyFwdMsg>'],
  ...[
    '<div class=gmail_signature>',
    '<span style="display:none">',
    '<span style="font-size:0">',
    '</span>',
    '😀',
    '\ud800',
  ],
  ...['\n-- \n', '\n> quote\n', '\nOn 1 March 2026 at 9:30 Ada <a@b.example> wrote:\n', '\nFrom: a\nDate: b\nTo: c\n'],
  ...[
    '\nSent from my iPhone\n',
    '\n---------- Forwarded message ----------\n',
    '\n-----Original Message-----\n',
    'words',
  ],
];
const arbitraryText = fc.string({ unit: 'binary', maxLength: 200 });
const tagSoup = fc.array(fc.constantFrom(...SOUP), { maxLength: 60 }).map((pieces) => pieces.join(''));
const escapedSoup = tagSoup.map(messageHtml);

/** A mail with stretches of it dropped, repeated, moved or replaced by soup. */
const mutatedMail = fc
  .tuple(
    fc.constantFrom(...mails),
    fc.array(fc.tuple(fc.nat(3), fc.nat(1000), fc.nat(80), tagSoup), { minLength: 1, maxLength: 5 }),
  )
  .map(([mail, changes]) =>
    changes.reduce((html, [kind, where, length, soup]) => {
      const at = html.length === 0 ? 0 : where % html.length;
      const stretch = html.slice(at, at + length);
      const rest = html.slice(at + length);
      if (kind === 0) return html.slice(0, at) + rest;
      if (kind === 1) return html.slice(0, at) + stretch + stretch + rest;
      return kind === 2 ? stretch + html.slice(0, at) + rest : html.slice(0, at) + soup + rest;
    }, mail),
  );

/** All that must hold of any HTML at all. */
function check(html: string): void {
  const { text, spans, removed } = htmlToText(html);
  assert.ok(text.length <= html.length, 'longer than its source');
  assert.ok(spans.length <= Math.min(4000, text.length));

  // The spans lie end to end over the text, and in order in the HTML.
  let textEnd = 0;
  let htmlEnd = 0;
  for (const [textStart, nextTextEnd, htmlStart, nextHtmlEnd] of spans) {
    assert.equal(textStart, textEnd);
    assert.ok(nextTextEnd > textStart && htmlStart >= htmlEnd && nextHtmlEnd >= htmlStart);
    textEnd = nextTextEnd;
    htmlEnd = nextHtmlEnd;
  }
  assert.equal(textEnd, text.length);
  assert.ok(htmlEnd <= html.length);

  let last = 0;
  for (let offset = 0; offset <= text.length; offset++) {
    const { start, end } = originalRange(spans, offset, offset + 1);
    assert.ok(start >= last && end >= start && end <= html.length, `offset ${offset}`);
    last = start;
    const character = text[offset] ?? '';
    // Letters and digits are written as they are, or as an entity.
    if (/[a-z\d]/i.test(character)) {
      const written = html.slice(start, end);
      assert.ok(written === character || written.startsWith('&'), `${character} from ${written}`);
    }
  }

  let at = 0;
  for (const part of removed) {
    assert.ok(part.at >= at && part.at <= text.length && part.characters > 0 && part.characters <= html.length);
    at = part.at;
  }
}

describe('html to text, of anything', () => {
  before(() => console.log(`      seed ${seed}`));

  for (const [what, html] of Object.entries({ arbitraryText, tagSoup, escapedSoup, mutatedMail })) {
    it(`never throws, never grows, and leads back to the source: ${what}`, function () {
      this.timeout(20_000);
      fc.assert(fc.property(html, check), { seed, numRuns: 1000 });
    });
  }

  it('finds nothing more to leave out in what it made of a mail', () => {
    for (const html of mails) {
      const { text } = htmlToText(html);
      assert.equal(htmlToText(messageHtml(text)).text, text);
    }
  });

  it('never leaves nothing of a text that says something', () => {
    fc.assert(
      fc.property(escapedSoup, (html) => {
        if (html.replaceAll(/&nbsp;|<br>|\s/g, '') !== '') assert.notEqual(htmlToText(html).text.trim(), '');
      }),
      { seed, numRuns: 1000 },
    );
  });

  const times = (piece: string, count: number) => piece.repeat(count);
  const HOSTILE: Record<string, (size: number) => string> = {
    'nested elements': (size) => times('<div>x', size / 6),
    'nested quotes': (size) => times('<blockquote type=cite>x', size / 23),
    'nested answers': (size) => times('<div class=gmail_quote>x', size / 24),
    'introduced quotes': (size) => times('Am 1.2.2026 9:30 schrieb a:<blockquote>x', size / 40),
    'closing tags that close nothing': (size) => times('<a>', size / 8) + times('</b>', size / 8),
    'inline tags around blocks': (size) => `<i>${times('<div><b>', size / 16)}${times('</i>', size / 8)}`,
    'one long attribute': (size) => `<p title="${times('x', size)}">`,
    'one long style': (size) => `<p style="${times('color:red;', size / 10)}">`,
    'styled elements': (size) => times('<p style="font-size:0;color:#fff">', size / 34),
    'one long class': (size) => `<p class="${times('gmail_ ', size / 7)}">`,
    entities: (size) => times('&amp;', size / 5),
    'broken entities': (size) => times('&', size),
    'one long number': (size) => `&#${times('1', size)}`,
    'open comments': (size) => times('<!--', size / 4),
    'line breaks': (size) => times('<br>', size / 4),
    'short lines': (size) => times('a:<br>', size / 6),
    'quoted lines': (size) => times('&gt; x<br>', size / 10),
    'introductions that never end': (size) => times('On 1 March 2026 at 09:30 Ada wrote<br>', size / 38),
    headers: (size) => times('From: x<br>Date: x<br>', size / 22),
    'headers of a form': (size) => `${times('From: a@b.c<br>Date: x<br>To: x<br>', size / 35)}Note: x`,
    signatures: (size) => times('--<br>x<br>', size / 11),
    dashes: (size) => times(`${times('-', 390)}<br>`, size / 394),
    'one long line': (size) => `On ${times('wrote ', size / 6)}:`,
    cells: (size) => times('<td>x', size / 5),
  };

  it('takes time proportional to the size of hostile HTML', function () {
    this.timeout(60_000);
    const slow: string[] = [];
    const measured: string[] = [];
    const timeOf = (html: string) => {
      const startedAt = performance.now();
      htmlToText(html);
      return performance.now() - startedAt;
    };
    for (const [what, make] of Object.entries(HOSTILE)) {
      const small = timeOf(make(SIZE / 8));
      const large = timeOf(make(SIZE));
      measured.push(`${what} ${Math.round(large)} ms`);
      // Eight times the size; what grows with its square takes sixty-four times as long.
      if (large > 5000 && large > 30 * small) slow.push(`${what}: ${small} ms, then ${large} ms`);
    }
    console.log(`      ${SIZE / 1000} kB of ${measured.join(', ')}`);
    assert.deepEqual(slow, []);
  });

  it('keeps spans few, coarser ones where there were too many', () => {
    const { spans, text } = htmlToText('&amp;x<br>'.repeat(20_000));
    assert.ok(spans.length <= 4000);
    assert.equal(spans.at(-1)?.[1], text.length);
  });
});
