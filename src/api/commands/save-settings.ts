import type { OrganizationSettings } from '../../domain/organization-settings.ts';
import type { Deps } from '../deps.ts';
import { applyCustomerSchedule } from './customer-schedule.ts';
import { settingChange } from './settings-words.ts';

/**
 * Saves sections of an organization's settings, with an entry in the audit trail that names what changed; how customers
 * are synced is in force when this resolves.
 * @returns the changes as words (`customer changes are sent: in real time → every hour`), empty when everything was so already
 * @throws RequestProblem 503 when Temporal does not answer about customers: saved all the same, and safe to repeat
 */
export async function saveSettings(
  { storage, temporal, now }: Pick<Deps, 'storage' | 'temporal' | 'now'>,
  organizationId: string,
  by: string,
  change: (before: OrganizationSettings) => Partial<OrganizationSettings>,
  /** The page that people know the settings by. */
  target = 'HelpScout Settings',
): Promise<string> {
  const before = await storage.settings.get(organizationId);
  const sections = change(before);
  const changed = changesBetween(before, { ...before, ...sections });
  const details = changed.join(', ');
  if (details !== '') {
    await storage.settings.save(organizationId, sections);
    await storage.auditTrail.record(organizationId, {
      at: now(),
      by,
      action: 'changed settings',
      target,
      details,
    });
  }
  // Also where nothing changed: a try before may have been cut off between the two.
  if (sections.customers) await applyCustomerSchedule(temporal, organizationId, sections.customers.mode);
  return details;
}

/** Each value that differs, in people's words: `alert below so many percent: 95 → 90`. */
function changesBetween(before: unknown, after: unknown, place = ''): string[] {
  if (typeof after !== 'object' || after === null || typeof before !== 'object' || before === null) {
    return before === after ? [] : [settingChange(place, before, after)];
  }
  const former = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([name, value]) =>
    changesBetween(former.get(name), value, place === '' ? name : `${place} ${name}`),
  );
}
