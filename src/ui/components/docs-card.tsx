import { plural } from '../format.ts';
import { integrationHref } from '../links.ts';
import type { IntegrationPageProps } from '../props.ts';
import { CollectionSyncs } from './collection-syncs.tsx';
import { CheckboxGroup, Field, PostForm } from './form.tsx';

/** The Docs API key and, once it works, the collections to use. */
export function DocsCard({ shell, integration, errors, collectionSyncs = [] }: IntegrationPageProps) {
  const { connected, collections, mappedCollectionIds } = integration.docs;
  const path = integrationHref(integration.integrationId);
  return (
    <section class="card" aria-labelledby="docs-heading">
      <h2 id="docs-heading">Docs</h2>
      <p class="sub">
        With your help articles at hand, documentation needs are told from questions, and the article is named.
      </p>
      {connected && collections.length > 0 && (
        <PostForm action={`${path}/docs-mapping`} csrfToken={shell.csrfToken} class="form">
          <CheckboxGroup
            id="collection"
            name="collectionIds"
            legend={
              mappedCollectionIds.length > 0
                ? 'Conversations are compared with'
                : 'Choose what conversations are compared with'
            }
            options={collections.map(({ collectionId, name, articles }) => ({
              value: collectionId,
              text: name,
              detail: plural(articles, 'article'),
              checked: mappedCollectionIds.includes(collectionId),
            }))}
            errors={errors}
          />
          <button type="submit" class="button secondary">
            Save collections
          </button>
        </PostForm>
      )}
      <CollectionSyncs syncs={collectionSyncs} collections={collections} clock={shell} />
      <PostForm action={`${path}/docs-key`} csrfToken={shell.csrfToken} class="form">
        <Field
          id="docs-key"
          name="apiKey"
          label={connected ? 'Replace the Docs API key' : 'Docs API key'}
          type="password"
          autocomplete="off"
          help="In Help Scout: Your Profile > Authentication > API Keys."
          required
          errors={errors}
        />
        <button type="submit" class="button secondary">
          {connected ? 'Replace key' : 'Connect Docs'}
        </button>
      </PostForm>
    </section>
  );
}
