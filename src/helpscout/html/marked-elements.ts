import type { Attributes } from './walk-html.ts';

/**
 * What a mail program's own marks say about an element.
 * - `cite`: quoted words;
 * - `history`: the quoted part, with the line that introduces it;
 * - `answered-history`: the same, but a writer's answers may stand inside, between the quotes;
 * - `history-follows`: the header of the quoted message, which is all that comes after;
 * - `blockquote`: quoted words only where a line introduces them, else an indented paragraph;
 * - `signature`: the writer's signature.
 */
export type Mark = 'cite' | 'history' | 'answered-history' | 'history-follows' | 'blockquote' | 'signature';

const marked = (mark: Mark, list: string): [string, Mark][] => list.split(' ').map((name) => [name, mark]);

/** Classes, ids and names, in lower case, as mail programs write them. */
const MARKS = new Map<string, Mark>([
  // Gmail, Proton Mail
  ...marked('answered-history', 'gmail_quote gmail_quote_container protonmail_quote'),
  // Yahoo, Zimbra, Thunderbird, Outlook for Mac and for phones, NetEase, QQ, Zoho, Spark, Front, Superhuman, Missive, Freshdesk
  ...marked(
    'history',
    'yahoo_quoted gmail_attr __quoted_text__ __headers__ moz-cite-prefix olk_src_body_section ms-outlook-mobile-reference-message mail-editor-reference-message-container isreplycontent qmquote zmail_extra messagereplysection front-blockquote sh-quoted-content missive_quote freshdesk_quote',
  ),
  // Outlook
  ...marked('history-follows', 'divrplyfwdmsg _origmsg_'),
  ...marked(
    'signature',
    'gmail_signature gmail_signature_prefix moz-signature protonmail_signature_block ms-outlook-mobile-signature applemailsignature __sig_pre__ __sig_post__ composer_signature bloop_sign messagesignaturesection front-signature sh-signature missive_signature signature email-signature',
  ),
]);

/** Prefixes that programs put before the names of a message that they quote or show. */
const PREFIX = /^(?:x_|m_-?\d+|ydp[\da-f]{6,10}|gmail-)+/;

/** @param name of the element, in lower case. */
export function markOf(name: string, attributes: Attributes): Mark | null {
  const isBlockquote = name === 'blockquote';
  if (attributes.size === 0) return isBlockquote ? 'blockquote' : null;
  if (isBlockquote && attributes.get('type')?.toLowerCase() === 'cite') return 'cite';
  for (const attribute of ['class', 'id', 'name', 'data-marker']) {
    for (const written of attributes.get(attribute)?.toLowerCase().split(/\s+/) ?? []) {
      const mark = MARKS.get(written) ?? MARKS.get(written.replace(PREFIX, '')) ?? special(attribute, written);
      if (!mark) continue;
      return isBlockquote && mark !== 'signature' ? 'cite' : mark;
    }
  }
  return isBlockquote ? 'blockquote' : null;
}

/** Names that end in a number of their own, and GMX's, which is an everyday word anywhere but in `name`. */
function special(attribute: string, written: string): Mark | undefined {
  if (written.startsWith('yahoo_quoted_') || (attribute === 'name' && written === 'quote')) return 'history';
  return undefined;
}
