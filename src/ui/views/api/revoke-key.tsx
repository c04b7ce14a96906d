import type { ApiKey } from '../../../domain/api-key.ts';
import { ConfirmForm } from '../../components/confirm-form.tsx';
import { PageHead, Time } from '../../components/content.tsx';
import { Page } from '../../components/layout.tsx';
import { API_KEYS_PATH, apiKeyHref } from '../../links.ts';
import type { Shell } from '../../props.ts';

/** GET /settings/api-keys/:keyId/revoke: asks before a key ends for good. */
export function RevokeApiKeyPage({ shell, apiKey }: { shell: Shell; apiKey: ApiKey }) {
  const { keyId, name, preview, lastUsedAt } = apiKey;
  return (
    <Page shell={shell} title="Revoke API key">
      <div class="narrow">
        <PageHead
          back={{ href: API_KEYS_PATH, text: 'API keys' }}
          title={`Revoke “${name}”?`}
          lead={<code>{`${preview}…`}</code>}
        />
        <section class="card">
          <p>What uses this key is refused from this moment on. A revoked key cannot be brought back.</p>
          <p>
            {lastUsedAt ? (
              <>
                It was last used <Time at={lastUsedAt} clock={shell} />.
              </>
            ) : (
              'It was never used.'
            )}
          </p>
          <ConfirmForm
            action={`${apiKeyHref(keyId)}/revoke`}
            csrfToken={shell.csrfToken}
            text="Revoke"
            keep={{ href: API_KEYS_PATH, text: 'Keep it' }}
          />
        </section>
      </div>
    </Page>
  );
}
