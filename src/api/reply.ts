import type { VNode } from 'preact';
import type { Flash } from '../ui/props.ts';

/** What a handler answers; endpoint registration alone writes it to the response. */
export type Reply =
  | { kind: 'page'; view: VNode; status: number }
  | { kind: 'fragment'; view: VNode }
  | { kind: 'redirect'; to: string; flash?: Flash }
  | { kind: 'json'; status: number; body: unknown }
  | { kind: 'empty'; status: number };

export const page = (view: VNode, status = 200): Reply => ({ kind: 'page', view, status });
/** A part of a page, for htmx. */
export const fragment = (view: VNode): Reply => ({ kind: 'fragment', view });
/** After a form: the browser loads the target with GET, so reloading never sends the form again. */
export const redirect = (to: string, flash?: Flash): Reply => ({ kind: 'redirect', to, ...(flash && { flash }) });
export const json = (status: number, body: unknown): Reply => ({ kind: 'json', status, body });
export const empty = (status = 204): Reply => ({ kind: 'empty', status });
