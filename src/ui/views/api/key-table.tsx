import { API_SCOPE_TEXT, type ApiKey, apiKeyEnd } from '../../../domain/api-key.ts';
import { Badge } from '../../components/badge.tsx';
import { Time } from '../../components/content.tsx';
import { TableHead } from '../../components/table.tsx';
import { apiKeyHref } from '../../links.ts';
import type { Shell } from '../../props.ts';
import type { ApiKeysPageProps } from './keys.tsx';

type KeyTableProps = Pick<ApiKeysPageProps, 'shell' | 'keys' | 'makers'> & { title: string };

/** API keys with what they may do and when they end. */
export function KeyTable({ title, keys, makers, shell }: KeyTableProps) {
  return (
    <section class="card flush api-keys" aria-label={title}>
      <table class="stack">
        <caption>{title}</caption>
        <TableHead columns={['Key', 'May do', 'Last used', 'Expires', { unseen: 'Actions' }]} />
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
