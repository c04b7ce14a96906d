import type { Attributes } from './walk-html.ts';

/** What a reader sees at a place of a document. `unknown` colours may be any. */
export interface Visibility {
  /** Not shown, whatever is inside. */
  gone: boolean;
  invisible: boolean;
  zeroSize: boolean;
  color: string;
  background: string;
}

export const PAGE: Visibility = {
  gone: false,
  invisible: false,
  zeroSize: false,
  color: 'unknown',
  background: '#ffffff',
};

/** Whether text is hidden there: taken out, transparent, of no size, or in the colour of its background. */
export const isHidden = ({ gone, invisible, zeroSize, color, background }: Visibility) =>
  gone || invisible || zeroSize || (color !== 'unknown' && color === background);

/** Visibility inside an element, from that around it and the element's own attributes. */
export function visibilityOf(attributes: Attributes, around: Visibility): Visibility {
  if (attributes.size === 0) return around;
  const style = declarations(attributes.get('style') ?? '');
  const background = style.get('background-color') ?? style.get('background') ?? attributes.get('bgcolor');
  return {
    gone: around.gone || attributes.has('hidden') || isGone(style),
    invisible: style.has('visibility') ? /^(hidden|collapse)/.test(style.get('visibility') ?? '') : around.invisible,
    zeroSize: sizeIsZero(style) ?? around.zeroSize,
    color: colorOf(style.get('color') ?? attributes.get('color')) ?? around.color,
    background: attributes.has('background') ? 'unknown' : (colorOf(background) ?? around.background),
  };
}

function declarations(style: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const declaration of style.toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration.slice(colon + 1).replace('!important', '');
    found.set(declaration.slice(0, colon).trim(), value.trim());
  }
  return found;
}

const isZero = (value: string | undefined) =>
  value !== undefined && /^[+-]?(0+(\.0*)?|\.0+)([a-z]{0,4}|%)$/.test(value);
const isFarOut = (value: string | undefined) => value !== undefined && /^-\d{3,}/.test(value);

function isGone(style: ReadonlyMap<string, string>): boolean {
  if (style.get('display') === 'none' || isZero(style.get('opacity'))) return true;
  const cuts = /^(hidden|clip)/.test(style.get('overflow') ?? '');
  if (cuts && ['height', 'max-height', 'width', 'max-width'].some((side) => isZero(style.get(side)))) return true;
  if (isFarOut(style.get('text-indent'))) return true;
  const isPlaced = /^(absolute|fixed)/.test(style.get('position') ?? '');
  return isPlaced && (isFarOut(style.get('left')) || isFarOut(style.get('top')));
}

/**
 * Whether an element's own style sets a size of nothing, or a real one: layouts set nothing on a row and a real size on
 * each of its cells. Sizes relative to the one around (`em`, `%`, `smaller`) change nothing.
 */
function sizeIsZero(style: ReadonlyMap<string, string>): boolean | undefined {
  const size = style.get('font-size') ?? /^(?:[a-z]+ )*(\d[\w.%]*)/.exec(style.get('font') ?? '')?.[1];
  if (size === undefined) return undefined;
  if (isZero(size)) return true;
  return /^(larger|smaller|inherit)|(em|ex|ch|%)$/.test(size) && !size.endsWith('rem') ? undefined : false;
}

/** A colour in one spelling; undefined where the one around stays. */
function colorOf(value: string | undefined): string | undefined {
  if (value === undefined || /^(transparent|none|inherit|initial|unset|)$/i.test(value)) return undefined;
  const color = value.toLowerCase().replaceAll(' ', '');
  if (color === 'white') return '#ffffff';
  if (color === 'black') return '#000000';
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(color);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`;
  if (/^#[0-9a-f]{6}$/.test(color)) return color;
  const parts = /^rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,1(?:\.0)?)?\)$/.exec(color);
  return parts
    ? `#${parts
        .slice(1)
        .map((part) => Number(part).toString(16).padStart(2, '0'))
        .join('')}`
    : 'unknown';
}
