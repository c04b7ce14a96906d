import { API_SCOPE_TEXT, API_SCOPES, type ApiKey, apiKeyEnd } from '../../../domain/api-key.ts';
import { Badge } from '../../components/badges.tsx';
import { EmptyState, PageHead, Time } from '../../components/content.tsx';
import { CheckboxGroup, Field, FormError, PostForm, Select } from '../../components/form.tsx';
import { Page } from '../../components/layout.tsx';
import { plural } from '../../format.ts';
import { API_DOCS_PATH, API_KEYS_PATH, apiKeyHref } from '../../links.ts';
import type { FieldErrors, Shell } from '../../props.ts';

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

type KeyTableProps = Pick<ApiKeysPageProps, 'shell' | 'keys' | 'makers'> & { title: string };

function KeyTable({ title, keys, makers, shell }: KeyTableProps) {
  return (
    <section class="card flush api-keys" aria-label={title}>
      <table class="stack">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">May do</th>
            <th scope="col">Last used</th>
            <th scope="col">Expires</th>
            <th scope="col">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyLine key={key.keyId} apiKey={key} left={makers?.includes(key.createdBy) === false} shell={shell} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function KeyLine({ apiKey, left, shell }: { apiKey: ApiKey; left: boolean; shell: Shell }) {
  const { keyId, name, preview, scopes, createdBy, createdAt, lastUsedAt, expiresAt, revokedAt } = apiKey;
  const end = apiKeyEnd(apiKey, shell.now);
  return (
    <tr>
      <td class="lead-cell">
        <span class="row-title">{name}</span>
        {end && <Badge tone="neutral">{end === 'revoked' ? 'Revoked' : 'Expired'}</Badge>}
        <span class="sub block">
          <code>{`${preview}…`}</code>
        </span>
        <span class="sub block">
          {`Made by ${createdBy} `}
          <Time at={createdAt} clock={shell} />
        </span>
        {left && (
          <Badge tone="amber" icon="alert">
            Its maker may make no keys any more
          </Badge>
        )}
      </td>
      <td data-label="May do">
        <ul class="api-scopes">
          {scopes.map((scope) => (
            <li key={scope} title={API_SCOPE_TEXT[scope]}>
              {scope}
            </li>
          ))}
        </ul>
      </td>
      <td data-label="Last used" class="nowrap">
        {lastUsedAt ? <Time at={lastUsedAt} clock={shell} /> : <span class="sub">Never</span>}
      </td>
      <td data-label={revokedAt ? 'Revoked' : 'Expires'} class="nowrap">
        {(revokedAt ?? expiresAt) ? <Time at={revokedAt ?? expiresAt ?? createdAt} clock={shell} exact /> : 'Never'}
      </td>
      <td class="row-actions">
        {!end && (
          <a class="button quiet" href={`${apiKeyHref(keyId)}/revoke`} aria-label={`Revoke ${name}`}>
            Revoke
          </a>
        )}
      </td>
    </tr>
  );
}
