import type { Request } from 'express';
import { hashOf } from '../store/tokens.ts';

const SHOWN = 8;

/** Tells callers apart without naming them: the start of the hash of the token, the API key or the app's id. */
export function callerOf(request: Request): string | undefined {
  const [, scheme = '', value = ''] = /^(\w+) (\S+)$/.exec(request.get('authorization') ?? '') ?? [];
  if (/^bearer$/i.test(scheme)) return hashOf(value).slice(0, SHOWN);
  if (/^basic$/i.test(scheme)) {
    const [user = ''] = Buffer.from(value, 'base64').toString().split(':');
    return hashOf(user).slice(0, SHOWN);
  }
  const appId = fieldOf(request.body, 'client_id') ?? fieldOf(request.query, 'client_id');
  return appId === undefined ? undefined : hashOf(appId).slice(0, SHOWN);
}

function fieldOf(from: unknown, name: string): string | undefined {
  if (typeof from !== 'object' || from === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(from, name)?.value;
  return typeof value === 'string' ? value : undefined;
}
