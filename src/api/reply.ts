import type { VNode } from 'preact';
import type { Flash } from '../ui/props.ts';

type Headers = Readonly<Record<string, string>>;

/** What a handler answers; endpoint registration alone writes it to the response. */
export type Reply =
  | { kind: 'page'; view: VNode; status: number; headers?: Headers }
  | { kind: 'fragment'; view: VNode }
  | { kind: 'redirect'; to: string; flash?: Flash }
  | { kind: 'json'; status: number; body: unknown; headers?: Headers }
  | { kind: 'empty'; status: number; headers?: Headers }
  | { kind: 'text'; body: string; headers: Headers }
  | { kind: 'stream'; chunks: AsyncIterable<string | Uint8Array>; headers: Headers };

export const page = (view: VNode, status = 200, headers?: Headers): Reply => ({
  kind: 'page',
  view,
  status,
  ...(headers && { headers }),
});
/** A part of a page, for htmx. */
export const fragment = (view: VNode): Reply => ({ kind: 'fragment', view });
/** After a form: the browser loads the target with GET, so reloading never sends the form again. */
export const redirect = (to: string, flash?: Flash): Reply => ({ kind: 'redirect', to, ...(flash && { flash }) });
export const json = (status: number, body: unknown, headers?: Headers): Reply => ({
  kind: 'json',
  status,
  body,
  ...(headers && { headers }),
});
export const empty = (status = 204, headers?: Headers): Reply => ({
  kind: 'empty',
  status,
  ...(headers && { headers }),
});
/** Text of a type that the headers name, such as a script. */
export const text = (body: string, headers: Headers & { 'Content-Type': string }): Reply => ({
  kind: 'text',
  body,
  headers,
});
/** A body of any size, written as fast as it is taken; it ends when the reader goes away. */
export const stream = (
  chunks: AsyncIterable<string | Uint8Array>,
  headers: Headers & { 'Content-Type': string },
): Reply => ({ kind: 'stream', chunks, headers });
