import { API_SCOPE_TEXT, API_SCOPES, type ApiKey, apiKeyEnd } from '../../../domain/api-key.ts';
import { EmptyState, PageHead } from '../../components/content.tsx';
import { CheckboxGroup, Field, FormError, PostForm, Select } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { plural } from '../../format.ts';
import { API_DOCS_PATH, API_KEYS_PATH } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';
import { KeyTable } from './key-table.tsx';

export const API_KEY_LIFETIMES = ['30', '90', '365', 'never'] as const;
export type ApiKeyLifetime = (typeof API_KEY_LIFETIMES)[number];

const LIFETIME_TEXT: Record<ApiKeyLifetime, string> = {
  '30': 'In 30 days',
  '90': 'In 90 days',
  '365': 'In a year',
  never: 'Never',
};

/** GET and POST /settings/api-keys. Fields of the form: `name`, `scopes` (repeated), `lifetime`. */
export interface ApiKeysPageProps {
  shell: Shell;
  keys: readonly ApiKey[];
  /** Addresses of the members who may make keys now. */
  makers?: readonly string[];
  /** The key that was just made: shown this once. */
  made?: { name: string; secret: string };
  values?: { name: string; scopes: readonly string[]; lifetime: string };
  errors?: FieldErrors;
}

export function ApiKeysPage({ shell, keys, makers, made, values, errors }: ApiKeysPageProps) {
  const open = keys.filter((key) => apiKeyEnd(key, shell.now) === null);
  const ended = keys.filter((key) => apiKeyEnd(key, shell.now) !== null);
  return (
    <Page shell={shell} title="API keys">
      <PageHead
        title="API keys"
        lead="With a key, programs of yours do what people do on these pages."
        actions={
          <a class="button secondary" href={API_DOCS_PATH}>
            API documentation
          </a>
        }
      />
      {made && (
        <section class="card api-key-made" aria-labelledby="made" role="status">
          <h2 id="made">{`The key “${made.name}” is made`}</h2>
          <p>Copy it now and keep it where your program finds it. It is not stored here and cannot be shown again.</p>
          <code class="api-key-secret">{made.secret}</code>
        </section>
      )}
      <div class="columns">
        <div>
          {keys.length === 0 && (
            <EmptyState icon="inbox" title="There is no key yet">
              <p>A key made here is sent as “Authorization: Bearer …” with each call.</p>
            </EmptyState>
          )}
          {open.length > 0 && (
            <KeyTable title={`${plural(open.length, 'key')} in use`} keys={open} makers={makers} shell={shell} />
          )}
          {ended.length > 0 && <KeyTable title="Revoked and expired" keys={ended} shell={shell} />}
        </div>
        <section class="card">
          <h2>New key</h2>
          <FormError errors={errors} />
          <PostForm action={API_KEYS_PATH} csrfToken={shell.csrfToken} class="form">
            <Field
              id="key-name"
              name="name"
              label="Name"
              help="What uses it. The log and the audit trail name it."
              value={values?.name ?? ''}
              required
              errors={errors}
            />
            <CheckboxGroup
              id="key-scopes"
              name="scopes"
              legend="What it may do"
              options={API_SCOPES.map((scope) => ({
                value: scope,
                text: scope,
                detail: API_SCOPE_TEXT[scope],
                checked: values?.scopes.includes(scope) ?? false,
              }))}
              errors={errors}
            />
            <Select
              id="key-lifetime"
              name="lifetime"
              label="Expires"
              value={values?.lifetime ?? '90'}
              options={API_KEY_LIFETIMES.map((value) => ({ value, text: LIFETIME_TEXT[value] }))}
              errors={errors}
            />
            <button type="submit" class="button primary">
              Make the key
            </button>
          </PostForm>
        </section>
      </div>
    </Page>
  );
}
