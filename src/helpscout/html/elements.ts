const names = (list: string) => new Set(list.split(' '));

/** Elements that start on a line of their own. */
export const BLOCKS = names(
  'address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody tfoot thead tr ul',
);
/** Cells stand beside each other on their row's line. */
export const CELLS = names('td th');
/** Elements without content: they are never open. */
export const VOIDS = names('area base br col embed hr img input link meta param source track wbr');
/** Elements whose content is never text of the message. */
export const NEVER_SHOWN = names(
  'audio canvas datalist head iframe noembed noframes noscript object script style svg template title video',
);
/** Elements in which white space and line breaks count. */
export const PREFORMATTED = names('listing plaintext pre textarea xmp');

/** What may stand in a head; anything else ends it, closed or not. */
export const HEAD_CONTENT = names('base link meta noscript script style template title');
/** A closing tag inside a table does not reach elements outside of it, unless it is one of the table's parts. */
export const TABLE_PARTS = names('caption table tbody td tfoot th thead tr');

const CELL_ENDS = names('td th p');
const ROW_ENDS = names('tr td th p');
const PARAGRAPH = names('p');
/** Open elements that end where this one starts, as in `<li>one<li>two`. */
export function endedBy(name: string): ReadonlySet<string> | undefined {
  if (name === 'li') return LI_ENDS;
  if (name === 'dt' || name === 'dd') return DEFINITION_ENDS;
  if (CELLS.has(name)) return CELL_ENDS;
  if (name === 'tr' || name === 'tbody' || name === 'tfoot') return ROW_ENDS;
  return BLOCKS.has(name) ? PARAGRAPH : undefined;
}
const LI_ENDS = names('li p');
const DEFINITION_ENDS = names('dt dd p');
