import type { ApiScope } from '../../src/domain/api-key.ts';
import { API_SCOPES } from '../../src/domain/api-key.ts';
import type { Storage } from '../../src/storage/storage.ts';

/** A key of an organization; with all scopes where none are named. */
export async function addApiKey(
  storage: Storage,
  organizationId: string,
  { scopes = API_SCOPES, expiresAt = null }: { scopes?: readonly ApiScope[]; expiresAt?: Date | null } = {},
) {
  const { key, secret } = await storage.apiKeys.create(organizationId, {
    name: 'test',
    scopes: [...scopes],
    createdBy: 'ada@acme.example',
    createdAt: new Date(),
    expiresAt,
  });
  return { ...key, secret };
}

/** What the API answered; `body` is what its JSON says, null without any. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

/** Calls the API with a key, or without one. */
export function apiClient(origin: string, secret: string | null) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<ApiAnswer> => {
    const response = await fetch(new URL(path, origin), {
      method: method.toUpperCase(),
      redirect: 'manual',
      headers: {
        ...(secret && { authorization: `Bearer ${secret}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json(;|$)/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== '' ? JSON.parse(text) : null,
    };
  };
}
export type ApiClient = ReturnType<typeof apiClient>;
