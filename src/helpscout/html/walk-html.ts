import { Tokenizer } from 'htmlparser2';

/** Attributes by lower-case name; only those asked for. */
export type Attributes = ReadonlyMap<string, string>;

/** Told what stands in a document, in its order; places are offsets into the HTML (UTF-16 code units). */
interface Visitor {
  open(name: string, attributes: Attributes, start: number, end: number): void;
  close(name: string, start: number, end: number): void;
  /** Characters that stand for themselves. */
  text(start: number, end: number): void;
  /** One code point written as an entity; some entities stand for two, and are told twice with the same place. */
  entity(codePoint: number, start: number, end: number): void;
}

/** An attribute that says something short is read no further than this. */
const MAX_ATTRIBUTE = 4000;

/**
 * Walks through a document of whatever quality, once. The tokenizer is used without htmlparser2's own parser: that one
 * searches all open elements at each closing tag, which takes minutes where a mail nests a hundred thousand of them.
 */
export function walkHtml(html: string, wanted: ReadonlySet<string>, visitor: Visitor): void {
  const nothing = () => {};
  let tag: { name: string; start: number; attributes: Map<string, string> } | null = null;
  let attribute: { name: string; value: string } | null = null;
  const addValue = (piece: string) => {
    if (attribute && attribute.value.length < MAX_ATTRIBUTE) attribute.value += piece.slice(0, MAX_ATTRIBUTE);
  };
  const openTag = (end: number) => {
    if (tag) visitor.open(tag.name, tag.attributes, tag.start, end + 1);
    tag = null;
  };
  const tokenizer = new Tokenizer(
    {},
    {
      onopentagname(start, end) {
        tag = { name: nameOf(html, start, end), start: start - 1, attributes: new Map() };
      },
      onattribname(start, end) {
        const name = nameOf(html, start, end);
        attribute = wanted.has(name) ? { name, value: '' } : null;
      },
      onattribdata: (start, end) => addValue(html.slice(start, Math.min(end, start + MAX_ATTRIBUTE))),
      onattribentity: (codePoint) => addValue(String.fromCodePoint(codePoint)),
      onattribend() {
        if (tag && attribute && !tag.attributes.has(attribute.name))
          tag.attributes.set(attribute.name, attribute.value);
        attribute = null;
      },
      onopentagend: openTag,
      onselfclosingtag: openTag,
      onclosetag: (start, end) => visitor.close(nameOf(html, start, end), start - 2, end),
      ontext(start, end) {
        // A tag that is cut off behind a slash is told as a text that starts before the document.
        if (start >= 0) visitor.text(start, end);
      },
      ontextentity: (codePoint, end) => visitor.entity(codePoint, html.lastIndexOf('&', end - 1), end),
      oncdata: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onprocessinginstruction: nothing,
      onend: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
}

/** No element or attribute that means anything here has a longer name. */
const nameOf = (html: string, start: number, end: number) => html.slice(start, Math.min(end, start + 40)).toLowerCase();
