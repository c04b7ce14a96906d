import type { Config } from '../../config.ts';
import type { Role } from '../../domain/roles.ts';
import { may } from '../../security/permissions.ts';

/** A workflow's page in Temporal Web; null for people who may not go there. */
export function temporalWebUrl({ temporal }: Config, role: Role, workflowId: string): string | null {
  if (!may(role, 'seeTemporal')) return null;
  const path = [temporal.namespace, 'workflows', workflowId].map(encodeURIComponent).join('/');
  return `${temporal.uiUrl}/namespaces/${path}`;
}
