import type { VNode } from 'preact';
import { HelpScoutSettingsPage } from '../../ui/index.ts';
import type { FieldErrors, Shell } from '../../ui/props.ts';
import type { Deps } from '../deps.ts';

/** The page that joins up what is set about Help Scout; `refused` is a form that could not be saved. */
export async function helpScoutSettingsPage(
  { storage }: Pick<Deps, 'storage'>,
  organizationId: string,
  shell: Shell,
  refused?: { errors: FieldErrors; sent: Readonly<Record<string, string>> },
): Promise<VNode> {
  const [integrations, forms, apiKeys, settings] = await Promise.all([
    storage.integrations.list(organizationId),
    storage.contactForms.list(organizationId),
    storage.apiKeys.list(organizationId),
    storage.settings.get(organizationId),
  ]);
  return HelpScoutSettingsPage({
    shell,
    integrations: integrations.filter(({ state }) => state !== 'disconnected'),
    forms,
    apiKeys: apiKeys.length,
    settings,
    ...refused,
  });
}
