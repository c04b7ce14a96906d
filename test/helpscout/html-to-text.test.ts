import assert from 'node:assert/strict';
import fc from 'fast-check';
import { htmlToText } from '../../src/helpscout/html-to-text.ts';
import { messageHtml } from '../../src/sandbox/inbox/message-html.ts';

describe('html to text', () => {
  it('gives back, character by character, text that was sent as escaped HTML', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab é€😀<>&"\'\n  ;&nbsp') });
    fc.assert(
      fc.property(text, (written) => assert.equal(htmlToText(messageHtml(written)), written)),
      { numRuns: 2000 },
    );
  });

  it('collapses white space of the source as a browser does', () => {
    assert.equal(
      htmlToText('<p>\n  Since   Monday\n  the export\tfails.\n</p>\n<p>Please help.</p>'),
      'Since Monday the export fails.\nPlease help.',
    );
  });

  it('drops what a reader does not see', () => {
    assert.equal(
      htmlToText('<style>p{color:red}</style><p>Hello<script>alert(1)</script></p><title>x</title>'),
      'Hello',
    );
  });

  it('breaks lines at blocks and at <br>', () => {
    assert.equal(
      htmlToText('one<br>two<div>three</div>four<ul><li>five</li><li>six</li></ul>'),
      'one\ntwo\nthree\nfour\nfive\nsix',
    );
  });

  it('never throws, whatever it is given', () => {
    const soup = fc.string({
      unit: fc.constantFrom('<', '>', '/', 'p', 'br', 'script', '&', ';', '"', '=', ' ', 'x', '<!--', '-->'),
    });
    fc.assert(
      fc.property(soup, (html) => assert.equal(typeof htmlToText(html), 'string')),
      { numRuns: 2000 },
    );
  });
});
