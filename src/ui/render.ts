import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A whole document, as the answer to a navigation. Views are called with their props: `renderPage(SignInPage(props))`. */
export function renderPage(view: VNode): string {
  return `<!doctype html>${renderToString(view)}`;
}

/** A piece of a page, as the answer to a partial update. */
export function renderFragment(view: VNode): string {
  return renderToString(view);
}
