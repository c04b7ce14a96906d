import { addDays } from 'date-fns';
import { z } from 'zod';
import { API_KEY_NAME_LENGTH, apiScopeSchema } from '../../../domain/api-key.ts';
import { may, roleFor } from '../../../security/permissions.ts';
import { API_KEY_LIFETIMES, ApiKeysPage, type ApiKeysPageProps, RevokeApiKeyPage } from '../../../ui/index.ts';
import { API_KEYS_PATH } from '../../../ui/links.ts';
import type { Deps } from '../../deps.ts';
import { type MemberVisit, memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { idParam, oneOfOr, repeated } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';

const path = API_KEYS_PATH;
const access = roleFor('manageApiKeys');
const params = z.object({ keyId: idParam });

type Visit = Pick<MemberVisit<unknown, unknown>, 'organizationId' | 'shell'>;

async function keysPage(
  { storage }: Pick<Deps, 'storage'>,
  { organizationId, shell }: Visit,
  more: Pick<ApiKeysPageProps, 'made' | 'values' | 'errors'> = {},
) {
  const [keys, members] = await Promise.all([
    storage.apiKeys.list(organizationId),
    storage.members.list(organizationId),
  ]);
  const makers = members.filter(({ role }) => may(role, 'manageApiKeys')).map(({ email }) => email);
  return page(ApiKeysPage({ shell: await shell(), keys, makers, ...more }), more.errors ? 422 : 200);
}

const showApiKeys = memberEndpoint({
  method: 'get',
  path,
  access,
  handler: (deps) => (visit) => keysPage(deps, visit),
});

/** Answers with the page itself, not with a redirect: the key is shown once and kept nowhere on the way. */
const createApiKey = memberEndpoint({
  method: 'post',
  path,
  access,
  body: z.object({
    name: z
      .string('Enter what the key is for.')
      .trim()
      .min(1, 'Enter what the key is for.')
      .max(API_KEY_NAME_LENGTH, `Use at most ${API_KEY_NAME_LENGTH} characters.`),
    scopes: repeated(apiScopeSchema).refine((scopes) => scopes.length > 0, 'Choose at least one.'),
    lifetime: z.enum(API_KEY_LIFETIMES, 'Choose when it expires.'),
  }),
  handler: (deps) => async (visit) => {
    const { organizationId, member, body } = visit;
    const { name, lifetime } = body;
    const at = deps.now();
    const scopes = [...new Set(body.scopes)];
    const { key, secret } = await deps.storage.apiKeys.create(organizationId, {
      name,
      scopes,
      createdBy: member.email,
      role: member.role,
      createdAt: at,
      expiresAt: lifetime === 'never' ? null : addDays(at, Number(lifetime)),
    });
    await deps.storage.auditTrail.record(organizationId, {
      at,
      by: member.email,
      action: 'created API key',
      target: key.keyId,
      details: `${name}: ${scopes.join(', ')}`,
    });
    return keysPage(deps, visit, { made: { name, secret } });
  },
  refused: (deps) => (visit) => {
    const { name = '', lifetime = '' } = visit.sent;
    const scopes = repeated(z.string()).catch([]).parse(visit.req.body?.scopes);
    const values = { name, scopes, lifetime: oneOfOr(API_KEY_LIFETIMES, '90').parse(lifetime) };
    return keysPage(deps, visit, { values, errors: visit.errors });
  },
});

async function ownKey({ storage }: Pick<Deps, 'storage'>, organizationId: string, keyId: string) {
  const key = await storage.apiKeys.get(organizationId, keyId);
  if (!key) throw notFound();
  return key;
}

const showRevoke = memberEndpoint({
  method: 'get',
  path: `${path}/:keyId/revoke`,
  access,
  params,
  handler:
    (deps) =>
    async ({ organizationId, params: { keyId }, shell }) => {
      const apiKey = await ownKey(deps, organizationId, keyId);
      return page(RevokeApiKeyPage({ shell: await shell(), apiKey }));
    },
});

const revokeApiKey = memberEndpoint({
  method: 'post',
  path: `${path}/:keyId/revoke`,
  access,
  params,
  handler:
    (deps) =>
    async ({ organizationId, params: { keyId }, member }) => {
      const { name } = await ownKey(deps, organizationId, keyId);
      const at = deps.now();
      if (await deps.storage.apiKeys.revoke(organizationId, keyId, at)) {
        await deps.storage.auditTrail.record(organizationId, {
          at,
          by: member.email,
          action: 'revoked API key',
          target: keyId,
          details: name,
        });
      }
      return redirect(path, { kind: 'success', text: `The key “${name}” opens nothing any more.` });
    },
});

export const apiKeyEndpoints = [showApiKeys, createApiKey, showRevoke, revokeApiKey];
