import type { OrganizationSettings } from '../../domain/organization-settings.ts';
import type { Deps } from '../deps.ts';

/**
 * Saves sections of an organization's settings, with an entry in the audit trail that names what changed.
 * @returns the changes as words (`customers mode: realTime → hourly`), empty when everything was so already
 */
export async function saveSettings(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  organizationId: string,
  by: string,
  change: (before: OrganizationSettings) => Partial<OrganizationSettings>,
): Promise<string> {
  const before = await storage.settings.get(organizationId);
  const sections = change(before);
  const changed = changesBetween(before, { ...before, ...sections });
  if (changed.length === 0) return '';
  await storage.settings.save(organizationId, sections);
  const details = changed.join(', ');
  await storage.auditTrail.record(organizationId, {
    at: now(),
    by,
    action: 'changed settings',
    target: 'HelpScout Settings',
    details,
  });
  return details;
}

/** Each value that differs, by the words of its place: `alerts successRate percent: 95 → 90`. */
function changesBetween(before: unknown, after: unknown, place = ''): string[] {
  if (typeof after !== 'object' || after === null || typeof before !== 'object' || before === null) {
    return before === after ? [] : [`${place}: ${before} → ${after}`];
  }
  const former = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([name, value]) =>
    changesBetween(former.get(name), value, place === '' ? name : `${place} ${name}`),
  );
}
