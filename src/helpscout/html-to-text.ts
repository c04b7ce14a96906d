import type { RemovedPart, Span } from '../domain/conversation.ts';
import { cut } from './html/cut.ts';
import { leaveOutHistory } from './html/find-history.ts';
import { leaveOutSignatures } from './html/find-signatures.ts';
import { render } from './html/render.ts';
import { coarsen } from './html/spans.ts';
import { createTextLines, KEPT, QUOTE, SIGNATURE, type TextLines } from './html/text-lines.ts';

export interface ReadableText {
  /** What a person would call the message; never longer than the HTML. */
  text: string;
  /** Where the text stands in the HTML, in order and without gaps (see html/spans.ts). */
  spans: Span[];
  /** What was left out, in the order of the text. */
  removed: RemovedPart[];
}

interface ReadingOptions {
  /** The whole message is one that the customer passes on: what it quotes was not read before, and stays. */
  isForward?: boolean;
}

/**
 * The readable text of a thread's HTML body: without quoted history, signatures and parts that are not shown. A message
 * that is nothing but a quote is that quote; one that is nothing but a signature is that signature.
 * Takes time proportional to the HTML, whatever it is, and never throws.
 */
export function htmlToText(html: string, { isForward = false }: ReadingOptions = {}): ReadableText {
  const shown = render(html);
  // Nothing but text in the colour of the page was written on a dark one, which did not come along.
  const isAllHidden = shown.text.trim() === '' && shown.hidden.length > 0;
  const rendered = isAllHidden ? render(html, { anyColour: true }) : shown;
  const lines = createTextLines(rendered.text);
  if (!isForward) leaveOutHistory(lines, rendered.zones);
  leaveOutSignatures(lines);
  for (const fate of [QUOTE, SIGNATURE] as const) if (isNothingLeft(lines)) lines.keepAll(fate);
  const { text, spans, removed } = cut(rendered, lines.fates);
  return { text, spans: coarsen(spans), removed };
}

function isNothingLeft(lines: TextLines): boolean {
  for (let line = 0; line < lines.count; line++) if (!lines.isBlank(line) && lines.fate(line) === KEPT) return false;
  return true;
}
