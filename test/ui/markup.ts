import { Parser } from 'htmlparser2';

export interface Element {
  name: string;
  attributes: Record<string, string>;
  /** Text directly and deeply inside. */
  text: string;
  parent: Element | null;
}

/** The elements of a document in order, as a browser would read them closely enough to assert on. */
export function elementsOf(html: string): Element[] {
  const all: Element[] = [];
  const open: Element[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const element = { name, attributes, text: '', parent: open.at(-1) ?? null };
      all.push(element);
      open.push(element);
    },
    ontext(text) {
      for (const element of open) element.text += text;
    },
    onclosetag() {
      open.pop();
    },
  });
  parser.end(html);
  return all;
}

export function insideOf(element: Element, name: string): Element | null {
  for (let at: Element | null = element; at; at = at.parent) if (at.name === name) return at;
  return null;
}
