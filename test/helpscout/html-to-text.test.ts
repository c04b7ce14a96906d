import assert from 'node:assert/strict';
import fc from 'fast-check';
import { originalRange } from '../../src/helpscout/html/spans.ts';
import { htmlToText } from '../../src/helpscout/html-to-text.ts';
import { messageHtml } from '../../src/sandbox/inbox/message-html.ts';
import { MAILS } from './mails.ts';

const textOf = (html: string) => htmlToText(html).text;
const removedFrom = (html: string) => htmlToText(html).removed.map(({ kind }) => kind);

describe('html to text', () => {
  it('gives back, character by character, text that was sent as escaped HTML', () => {
    const text = fc
      .string({ unit: fc.constantFrom(...'ab é€😀<>&"\'\n  ;&nbsp') })
      .filter((written) => !/^\s*>/m.test(written));
    fc.assert(
      fc.property(text, (written) => assert.equal(textOf(messageHtml(written)), written)),
      { numRuns: 2000 },
    );
  });

  it('collapses white space of the source as a browser does', () => {
    assert.equal(
      textOf('<p>\n  Since   Monday\n  the export\tfails.\n</p>\n<p>Please help.</p>'),
      'Since Monday the export fails.\nPlease help.',
    );
  });

  it('keeps the lines of plain text and of preformatted parts', () => {
    assert.equal(textOf('one\r\ntwo\n\nthree &amp; four'), 'one\ntwo\n\nthree & four');
    assert.equal(textOf('<p>Log:</p><pre>a  b\n  c</pre>end'), 'Log:\na  b\n  c\nend');
    assert.equal(textOf('<div style="white-space: pre-wrap">a\n b</div>'), 'a\n b');
  });

  it('drops what a reader does not see', () => {
    assert.equal(textOf('<style>p{color:red}</style><p>Hello<script>alert(1)</script></p><title>x</title>'), 'Hello');
  });

  it('breaks lines at blocks and at <br>, and sets cells of a row apart', () => {
    assert.equal(
      textOf('one<br>two<div>three</div>four<ul><li>five</li><li>six</li></ul>'),
      'one\ntwo\nthree\nfour\nfive\nsix',
    );
    assert.equal(
      textOf('<table><tr><th>Plan<th>Seats<tr><td>Pro</td><td></td><td>12</td></tr></table>'),
      'Plan\tSeats\nPro\t12',
    );
  });

  describe('leaves out what is hidden', () => {
    for (const [what, html] of [
      ['display: none', '<div style="color:red; DISPLAY : none !important">secret</div>shown'],
      ['visibility: hidden', '<p style="visibility:hidden">secret</p>shown'],
      ['opacity: 0', '<p style="opacity:0.0">secret</p>shown'],
      ['no font size', '<span style="font-size:0px">secret</span>shown'],
      ['no height', '<div style="max-height:0;overflow:hidden">secret</div>shown'],
      ['a place far outside', '<div style="position:absolute;left:-9999px">secret</div>shown'],
      ['the hidden attribute', '<p hidden>secret</p>shown'],
      ['white on white', '<span style="color:#FFF">secret</span>shown'],
      ['black on black', '<p style="background:#000"><font color="black">secret</font></p>shown'],
      ['comments', '<!-- secret -->sho<!--[if mso]><p>secret</p><![endif]-->wn'],
      ['templates and frames', '<template>secret</template><iframe>secret</iframe><noscript>secret</noscript>shown'],
      ['a head that is never closed', '<head><title>secret</title><body>shown'],
    ] as const) {
      it(what, () => assert.equal(textOf(html).trim(), 'shown'));
    }

    it('but not what only looks like it', () => {
      for (const html of [
        '<td style="font-size:0"><div style="font-size:14px">shown</div></td>',
        '<div style="visibility:hidden"><p style="visibility:visible">shown</p></div>',
        '<td bgcolor="#336699"><a style="color:#ffffff">shown</a></td>',
        '<style>.b{background:blue}</style><a class="b" style="color:white">shown</a>',
        '<div style="height:0">shown</div>',
        '<p style="opacity:0.5">shown</p>',
        '<![if !mso]>shown<![endif]>',
      ]) {
        assert.equal(textOf(html), 'shown', html);
      }
    });

    it('and says how much that was', () => {
      assert.deepEqual(htmlToText('<p>a b</p><p hidden>12 34</p><p hidden>5</p>c').removed, [
        { at: 3, kind: 'hidden', characters: 5 },
      ]);
    });
  });

  describe('takes the message out of what mail programs send', () => {
    for (const [program, { html, text, removed }] of Object.entries(MAILS)) {
      it(program, () => {
        assert.equal(textOf(html), text);
        assert.deepEqual(removedFrom(html), removed);
      });
    }
  });

  describe('keeps what only looks like a quote or signature', () => {
    for (const text of [
      'On 3 March 2026 your support wrote:\n"please reinstall"\nI did, and it still fails.',
      'From: 1 March\nTo: 5 March\nThe report is empty.',
      'Option A\n--\nOption B\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13',
      'Sent from the export page, the mail has no attachment.',
      'The original message was lost.',
      'a > b',
      'New form\nName: Lin\nFrom: lin@client.example\nDate: 2026-03-01 09:30\nSubject: Export\nIt fails',
      'New form\n\nVon: lin@client.example\nDatum: 1.3.2026 9:30\nBetreff: Export\nNachricht: Er ist leer',
      'My parcel:\nFrom: Accra\nTo: Lisbon\nDate: 2 March 2026\nIt shows the wrong address.',
      'I ran this:\n> npm install\n> npm start\nand it failed.',
      'On 1 March at 9:30:\n>= 10 items: fails\n>5 items: slow',
      'Problem A: export\n--\nProblem B: import\n--\nProblem C: login',
    ]) {
      it(JSON.stringify(text), () => assert.equal(textOf(messageHtml(text)), text));
    }

    it('a blockquote of the writer’s own', () => {
      assert.equal(
        textOf('My colleague wrote:<blockquote>Nothing works</blockquote>so please help'),
        'My colleague wrote:\nNothing works\nso please help',
      );
    });
  });

  describe('never leaves nothing', () => {
    it('where a message was written in white, on a dark page that did not come along', () => {
      assert.equal(textOf('<div style="color:#ffffff"><p>It fails.</p></div>'), 'It fails.');
      assert.equal(textOf('<div style="color:#ffffff"><p hidden>x</p>It fails.</div>'), 'It fails.');
    });

    it('where a message is nothing but a quote', () => {
      assert.equal(textOf('&gt; one<br>&gt; two'), '> one\n> two');
      assert.equal(textOf('<blockquote type="cite">words</blockquote>'), 'words');
      assert.equal(textOf('&gt; one<br>Sent from my iPhone'), '> one');
    });

    it('where it is nothing but a signature', () => {
      assert.equal(textOf('<div class="gmail_signature">Lin Osei</div>'), 'Lin Osei');
      assert.equal(textOf('-- <br>Lin'), '--\nLin');
    });
  });

  it('keeps the quotes of a message that is passed on as a whole', () => {
    const html = '<p>See below</p><div id="divRplyFwdMsg">From: Kim</div><p>It is broken</p>';
    assert.equal(textOf(html), 'See below');
    assert.equal(htmlToText(html, { isForward: true }).text, 'See below\nFrom: Kim\nIt is broken');
  });

  it('finds each stretch of the text in the HTML', () => {
    const html =
      '<p>Tom &amp;&nbsp;Ann:  the <b>CSV</b>\nexport</p><blockquote type="cite">old</blockquote><p>fails</p>';
    const { text, spans } = htmlToText(html);
    assert.equal(text, 'Tom & Ann: the CSV export\nfails');
    const original = (quote: string) => {
      const at = text.indexOf(quote);
      const { start, end } = originalRange(spans, at, at + quote.length);
      return html.slice(start, end);
    };
    assert.equal(original('Tom'), 'Tom');
    assert.equal(original('&'), '&amp;');
    assert.equal(original('& A'), '&amp;&nbsp;A');
    assert.equal(original('the CSV'), 'the <b>CSV');
    assert.equal(original('CSV export'), 'CSV</b>\nexport');
    assert.equal(original('export\nfails'), 'export</p><blockquote type="cite">old</blockquote><p>fails');
    assert.deepEqual(originalRange(spans, 4, 4), { start: html.indexOf('&amp;'), end: html.indexOf('&amp;') });
    assert.equal(originalRange(spans, 0, 999).end, html.indexOf('</p>', 80));
    assert.deepEqual(originalRange([], 3, 9), { start: 0, end: 0 });
  });
});
