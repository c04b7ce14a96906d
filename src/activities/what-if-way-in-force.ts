import { isDeepStrictEqual } from 'node:util';
import { taxonomyChanges } from '../domain/taxonomy-changes.ts';
import { type WhatIf, type WhatIfSettings, whatIfSettingsSchema } from '../domain/what-if.ts';
import type { Storage } from '../storage/storage.ts';

const saveSettings = async (storage: Storage, organizationId: string, tried: WhatIfSettings): Promise<void> => {
  const { insights } = await storage.settings.get(organizationId);
  await storage.settings.save(organizationId, { insights: { ...insights, ...tried } });
};

/** Makes the taxonomy and the settings that a what-if tried the organization's own. Safe to repeat. */
export async function putWayInForce(storage: Storage, whatIf: WhatIf, by: string, at: Date): Promise<void> {
  const { organizationId, whatIfId, draft, taxonomyVersion, settings } = whatIf;
  const publishedVersion = draft && taxonomyVersion + 1;
  const { insights } = await storage.settings.get(organizationId);
  const former = whatIf.former ?? {
    ...{ taxonomyVersion, publishedVersion },
    settings: whatIfSettingsSchema.parse(insights),
  };
  await storage.whatIfs.change(organizationId, whatIfId, ['publishing'], { former });
  const current = await storage.taxonomies.current(organizationId);
  if (draft && current.version === taxonomyVersion) await storage.taxonomies.save(organizationId, draft, by, at);
  await saveSettings(storage, organizationId, settings);
}

/** Gives the organization back what was in force before; what somebody has changed since stays as they want it. */
export async function takeWayBack(
  storage: Storage,
  { organizationId, former, settings }: WhatIf,
  by: string,
  at: Date,
): Promise<void> {
  if (!former) return;
  const current = await storage.taxonomies.current(organizationId);
  const before = await storage.taxonomies.get(organizationId, former.taxonomyVersion);
  if (before && current.version === former.publishedVersion && taxonomyChanges(current, before).length > 0) {
    await storage.taxonomies.save(organizationId, before, by, at);
  }
  const { insights } = await storage.settings.get(organizationId);
  if (isDeepStrictEqual(whatIfSettingsSchema.parse(insights), settings)) {
    await saveSettings(storage, organizationId, former.settings);
  }
}
