import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { textToHtml } from '../../src/helpscout/text-to-html.ts';

/** What a browser shows, by a parser of its own: line breaks are the only elements. */
function shown(html: string): string {
  let text = '';
  const parser = new Parser({
    ontext: (words) => {
      text += words.replace(/[ \n]+/g, ' ').replaceAll('\u00a0', ' ');
    },
    onopentagname: (name) => {
      assert.equal(name, 'br');
      text += '\n';
    },
  });
  parser.end(html);
  return text;
}

describe('text to HTML', () => {
  it('shows markup, line breaks and indents as they were written', () => {
    assert.equal(
      textToHtml('<b>Tom & "I"</b>\r\n  it\'s\n'),
      '&lt;b&gt;Tom &amp; &quot;I&quot;&lt;/b&gt;<br>&nbsp;&nbsp;it&#39;s<br>',
    );
    assert.equal(shown(textToHtml('if  (a < b) {\n    return &amp;;\n}')), 'if  (a < b) {\n    return &amp;;\n}');
  });

  it('shows any text as it is', () => {
    const character = fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      ' ',
      '\n',
      'a',
      ';',
      '#',
      '/',
      '😀',
      'é',
      'amp',
      'br',
      '!--',
    );
    fc.assert(
      fc.property(fc.array(character), (characters) => {
        assert.equal(shown(textToHtml(characters.join(''))), characters.join(''));
      }),
    );
  });
});
