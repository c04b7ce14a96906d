import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { TAXONOMY_PATH } from '../../../ui/links.ts';
import { saveTaxonomy } from '../../commands/save-taxonomy.ts';
import { type Endpoint, memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { taxonomyPage } from '../../readers/taxonomy-page.ts';
import { page, redirect } from '../../reply.ts';
import { taxonomyForm } from './taxonomy-form.ts';

const access = roleFor('manageInsights');
const CHANGED_SINCE = 'Somebody saved another version meanwhile. Look at what changed, and save again.';

const showTaxonomy = memberEndpoint({
  method: 'get',
  path: TAXONOMY_PATH,
  access,
  handler:
    (deps) =>
    async ({ organizationId, shell }) =>
      page(await taxonomyPage(deps, organizationId, await shell())),
});

const changeTaxonomy = memberEndpoint({
  method: 'post',
  path: TAXONOMY_PATH,
  access,
  body: taxonomyForm,
  handler:
    (deps) =>
    async ({ organizationId, member, body, shell }) => {
      const saved = await saveTaxonomy(deps, organizationId, member.email, body);
      if (saved.kind === 'changedSince') {
        const refused = { errors: { form: CHANGED_SINCE }, sent: {} };
        return page(await taxonomyPage(deps, organizationId, await shell(), refused), 409);
      }
      if (saved.kind === 'same') return redirect(TAXONOMY_PATH, { kind: 'info', text: 'Nothing was changed.' });
      const text = `Version ${saved.taxonomy.version} is in force: ${saved.changes.join(', ')}.`;
      return redirect(TAXONOMY_PATH, { kind: 'success', text });
    },
  refused:
    (deps) =>
    async ({ organizationId, errors, sent, shell }) =>
      page(await taxonomyPage(deps, organizationId, await shell(), { errors, sent }), 422),
});

const restoreTaxonomy = memberEndpoint({
  method: 'post',
  path: `${TAXONOMY_PATH}/restore`,
  access,
  body: z.object({ version: z.coerce.number().int().positive() }),
  handler:
    (deps) =>
    async ({ organizationId, member, body: { version } }) => {
      const former = await deps.storage.taxonomies.get(organizationId, version);
      if (!former) throw notFound();
      const current = await deps.storage.taxonomies.current(organizationId);
      const saved = await saveTaxonomy(deps, organizationId, member.email, { ...former, version: current.version });
      if (saved.kind !== 'saved') return redirect(TAXONOMY_PATH, { kind: 'info', text: 'Nothing was changed.' });
      const text = `Version ${version} is in force again, as version ${saved.taxonomy.version}.`;
      return redirect(TAXONOMY_PATH, { kind: 'success', text });
    },
});

export const taxonomyEndpoints: readonly Endpoint[] = [showTaxonomy, changeTaxonomy, restoreTaxonomy];
