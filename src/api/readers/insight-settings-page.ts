import type { VNode } from 'preact';
import { InsightSettingsPage } from '../../ui/index.ts';
import type { FieldErrors, Shell } from '../../ui/props.ts';
import type { Deps } from '../deps.ts';

/** The page of what is set about insights; `refused` is a form that could not be saved. */
export async function insightSettingsPage(
  { storage, classifierIdentity }: Pick<Deps, 'storage' | 'classifierIdentity'>,
  organizationId: string,
  shell: Shell,
  refused?: { errors: FieldErrors; sent: Readonly<Record<string, string>> },
): Promise<VNode> {
  const { insights } = await storage.settings.get(organizationId);
  return InsightSettingsPage({ shell, settings: insights, installation: classifierIdentity, ...refused });
}
