import { z } from 'zod';
import { taxonomyDraftSchema, taxonomySchema } from '../../domain/taxonomy.ts';
import { saveTaxonomy } from '../commands/save-taxonomy.ts';
import type { Deps } from '../deps.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { apiProblem, conflict } from './problems.ts';

const tag = 'Taxonomy';
const path = '/api/v1/taxonomy';
const version = z.number().int().positive();
const taxonomyOutSchema = taxonomySchema.meta({
  id: 'Taxonomy',
  description: 'By what conversations are classified. Versions never change; insights name theirs.',
});

const getTaxonomy = apiEndpoint({
  method: 'get',
  path,
  scope: 'insights:read',
  tag,
  summary: 'Get the taxonomy in force',
  response: taxonomyOutSchema,
  handler:
    ({ storage }) =>
    ({ organizationId }) =>
      storage.taxonomies.current(organizationId),
});

const listTaxonomies = apiEndpoint({
  method: 'get',
  path: `${path}/versions`,
  scope: 'insights:read',
  tag,
  summary: 'List the versions of the taxonomy',
  description: 'The newest, which is the one in force, first.',
  response: z.object({ data: z.array(taxonomyOutSchema) }),
  handler:
    ({ storage }) =>
    async ({ organizationId }) => ({ data: await storage.taxonomies.list(organizationId) }),
});

const changedSince = () =>
  conflict(
    'taxonomyChangedSince',
    'Somebody saved another version of the taxonomy meanwhile.',
    'Get the taxonomy again, and send what you change with its `version`.',
  );

/** Saves, and answers with what is in force then. @throws RequestProblem 409 */
async function save(deps: Deps, organizationId: string, by: string, draft: Parameters<typeof saveTaxonomy>[3]) {
  const saved = await saveTaxonomy(deps, organizationId, by, draft);
  if (saved.kind === 'changedSince') throw changedSince();
  return deps.storage.taxonomies.current(organizationId);
}

const changeTaxonomy = apiEndpoint({
  method: 'put',
  path,
  scope: 'settings:write',
  tag,
  summary: 'Save a new version of the taxonomy',
  description:
    'The whole of it. It holds for what is classified from then on; what is the same as before adds no version.',
  body: taxonomyDraftSchema.extend({ version: version.describe('The version that this was made from.') }),
  response: taxonomyOutSchema,
  problems: { 409: ['taxonomyChangedSince'] },
  handler:
    (deps) =>
    ({ organizationId, caller, body }) =>
      save(deps, organizationId, caller.by, body),
});

const restoreTaxonomy = apiEndpoint({
  method: 'post',
  path: `${path}/restore`,
  scope: 'settings:write',
  tag,
  summary: 'Restore an earlier version of the taxonomy',
  description: 'Its content becomes a new version.',
  body: z.object({ version }),
  response: taxonomyOutSchema,
  problems: { 409: ['taxonomyChangedSince'] },
  handler:
    (deps) =>
    async ({ organizationId, caller, body }) => {
      const former = await deps.storage.taxonomies.get(organizationId, body.version);
      if (!former) throw apiProblem('notFound');
      const current = await deps.storage.taxonomies.current(organizationId);
      return save(deps, organizationId, caller.by, { ...former, version: current.version });
    },
});

export const taxonomyApi = [getTaxonomy, listTaxonomies, changeTaxonomy, restoreTaxonomy];
