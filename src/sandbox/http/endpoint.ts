import type { Request, Response } from 'express';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One call of an API. `template` is the path as the reference writes it: `/v2/conversations/{id}`. */
export interface Endpoint {
  method: Method;
  template: string;
  /** The largest body it takes, as Express writes it; by default that of all others. */
  bodyLimit?: string;
  handle(request: Request, response: Response): void | Promise<void>;
}

/** The template as an Express path. */
export function expressPath(template: string): string {
  return template.replace(/\{(\w+)\}/g, ':$1');
}

/** A path parameter as text. */
export function textParam(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** A path parameter as a number; anything else is -1, an id that nothing has. */
export function idParam(request: Request, name = 'id'): number {
  const text = textParam(request, name);
  return /^\d{1,15}$/.test(text) ? Number(text) : -1;
}
