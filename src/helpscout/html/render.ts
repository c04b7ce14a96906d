import type { Span } from '../../domain/conversation.ts';
import { BLOCKS, CELLS, NEVER_SHOWN, PREFORMATTED, VOIDS } from './elements.ts';
import { type Mark, markOf } from './marked-elements.ts';
import { createOpenElements } from './open-elements.ts';
import { createTextWriter } from './text-writer.ts';
import { isHidden, PAGE, type Visibility, visibilityOf } from './visibility.ts';
import { type Attributes, walkHtml } from './walk-html.ts';

/** A stretch of rendered text that a mail program marked. */
export interface Zone {
  start: number;
  end: number;
  kind: 'quote' | 'signature' | 'blockquote';
}

/** Everything a document shows, before quotes and signatures are taken out. */
export interface Rendered {
  text: string;
  spans: Span[];
  /** In the order of their starts, except that an outer one may follow what it contains. */
  zones: Zone[];
  /** Text that a reader does not see: where it would stand, and how long it is. */
  hidden: { at: number; characters: number }[];
}

interface Element {
  name: string;
  mark: Mark | null;
  visibility: Visibility;
  /** Neither shown nor counted: scripts, styles and the like. */
  isSkipped: boolean;
  isPreformatted: boolean;
  /** Offset of the text where it starts, and of the first quote inside. */
  start: number;
  firstQuote: number | null;
}

const WANTED = new Set('background bgcolor class color data-marker hidden id name style type'.split(' '));
const OUTSIDE: Omit<Element, 'start'> = {
  name: '',
  mark: null,
  visibility: PAGE,
  isSkipped: false,
  isPreformatted: false,
  firstQuote: null,
};

/**
 * A document as text. White space collapses as in a browser, `<br>` is a line break and a non-breaking space an
 * ordinary one, which keeps text that was escaped that way equal, character by character. A body without any tag is
 * plain text, whose line breaks are the writer's. With `anyColour`, text in the colour of its background is shown.
 */
export function render(html: string, { anyColour = false } = {}): Rendered {
  const writer = createTextWriter(html);
  const zones: Zone[] = [];
  const hidden: Rendered['hidden'] = [];
  const outside: Element = { ...OUTSIDE, start: 0, isPreformatted: !/<[a-z/!]/i.test(html) };
  /** Open elements whose whole content is a quote or signature: marks inside say nothing new. */
  let settled = 0;
  let isColourUnknown = anyColour;
  const answered: Element[] = [];

  const elements = createOpenElements<Element>((element) => {
    const { mark, start } = element;
    separate(element);
    const end = writer.length();
    if (mark === 'cite' || mark === 'history' || mark === 'signature') {
      settled--;
      zones.push({ start, end, kind: mark === 'signature' ? 'signature' : 'quote' });
      if (mark === 'cite') noteQuote(start);
    } else if (mark === 'blockquote') zones.push({ start, end, kind: 'blockquote' });
    else if (mark === 'answered-history') {
      answered.pop();
      zones.push({ start, end: element.firstQuote ?? end, kind: 'quote' });
      noteQuote(start);
    }
  });
  const noteQuote = (start: number) => {
    const around = answered.at(-1);
    if (around) around.firstQuote ??= start;
  };
  const around = () => elements.innermost() ?? outside;

  /** Blocks and cells stand apart from what is around them, where they are shown at all. */
  const separate = ({ name, isSkipped, visibility }: Element) => {
    if (isSkipped || visibility.gone) return;
    if (BLOCKS.has(name)) writer.breakLine();
    else if (CELLS.has(name)) writer.breakCell();
  };

  /** @returns the mark, unless it is inside of a quote or signature already. */
  function take(mark: Mark | null): Mark | null {
    if (mark === null || settled > 0) return null;
    if (mark === 'history-follows')
      zones.push({ start: writer.length(), end: Number.POSITIVE_INFINITY, kind: 'quote' });
    else if (mark !== 'answered-history' && mark !== 'blockquote') settled++;
    return mark;
  }

  function openElement(name: string, attributes: Attributes): void {
    const { visibility, isSkipped, isPreformatted } = around();
    const whiteSpace = /white-space:\s*(pre|normal|nowrap)/i.exec(attributes.get('style') ?? '')?.[1];
    const mark = isSkipped || VOIDS.has(name) ? null : take(markOf(name, attributes));
    const element: Element = {
      name,
      mark,
      visibility: visibilityOf(attributes, visibility),
      isSkipped: isSkipped || NEVER_SHOWN.has(name),
      isPreformatted: whiteSpace ? whiteSpace.toLowerCase() === 'pre' : PREFORMATTED.has(name) || isPreformatted,
      start: writer.length(),
      firstQuote: null,
    };
    if (!CELLS.has(name)) separate(element);
    if (VOIDS.has(name)) return;
    if (mark === 'answered-history') answered.push(element);
    elements.push(element);
  }

  /** Whether text is not to be written here; hidden text is counted instead. A style sheet may colour anything. */
  function isLeftOut(element: Element, characters: number): boolean {
    if (element.isSkipped) return true;
    const { visibility } = element;
    if (!isHidden(isColourUnknown ? { ...visibility, color: 'unknown' } : visibility)) return false;
    if (characters > 0) {
      const last = hidden.at(-1);
      if (last?.at === writer.length()) last.characters += characters;
      else hidden.push({ at: writer.length(), characters });
    }
    return true;
  }

  walkHtml(html, WANTED, {
    open(name, attributes, start, end) {
      if (name === 'style') isColourUnknown = true;
      elements.makeRoomFor(name);
      if (name !== 'br') openElement(name, attributes);
      else if (!isLeftOut(around(), 0)) writer.lineBreak(start, end);
    },
    close(name, start, end) {
      if (name === 'br' && !isLeftOut(around(), 0)) writer.lineBreak(start, end);
      elements.close(name);
    },
    text(start, end) {
      const element = around();
      if (isLeftOut(element, visibleLength(html, start, end))) return;
      if (element.isPreformatted) writer.preformatted(start, end);
      else writer.words(start, end);
    },
    entity(codePoint, start, end) {
      const element = around();
      if (isLeftOut(element, 1)) return;
      if (codePoint === 0xa0) writer.character(' ', start, end);
      else if (!element.isPreformatted && isCollapsible(codePoint)) writer.space();
      else writer.character(codePoint === 0x0d ? '\n' : String.fromCodePoint(codePoint), start, end);
    },
  });
  elements.closeAll();
  return { text: writer.text(), spans: writer.spans, zones, hidden };
}

const isCollapsible = (codePoint: number) => codePoint === 0x20 || (codePoint >= 0x09 && codePoint <= 0x0d);

/** Characters of a stretch without its white space, which is all that mails put between hidden elements. */
function visibleLength(html: string, start: number, end: number): number {
  let characters = 0;
  for (let offset = start; offset < end; offset++) if (!isCollapsible(html.charCodeAt(offset))) characters++;
  return characters;
}
