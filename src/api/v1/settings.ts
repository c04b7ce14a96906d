import { organizationSettingsSchema } from '../../domain/organization-settings.ts';
import { saveSettings } from '../commands/save-settings.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { withoutDefaults } from './without-defaults.ts';

const tag = 'Settings';
const path = '/api/v1/settings';
const settingsSchema = organizationSettingsSchema.meta({
  id: 'Settings',
  description: 'What an administrator sets for the organization.',
});

const getSettings = apiEndpoint({
  method: 'get',
  path,
  scope: 'settings:read',
  tag,
  summary: 'Get the settings',
  response: settingsSchema,
  handler:
    ({ storage }) =>
    ({ organizationId }) =>
      storage.settings.get(organizationId),
});

const changeSettings = apiEndpoint({
  method: 'patch',
  path,
  scope: 'settings:write',
  tag,
  summary: 'Change settings',
  description: 'What is absent stays as it is, at every depth.',
  body: withoutDefaults(organizationSettingsSchema),
  response: settingsSchema,
  handler:
    (deps) =>
    async ({ organizationId, caller, body }) => {
      const named = organizationSettingsSchema.keyof().options.filter((section) => body[section] !== undefined);
      await saveSettings(deps, organizationId, caller.by, (before) => {
        const after = organizationSettingsSchema.parse(merged(before, body));
        return Object.fromEntries(named.map((section) => [section, after[section]]));
      });
      return deps.storage.settings.get(organizationId);
    },
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `patch` over `base`, object by object. */
function merged(base: unknown, patch: unknown): unknown {
  if (!isObject(base) || !isObject(patch)) return patch;
  const result = { ...base };
  for (const [name, value] of Object.entries(patch)) {
    if (value !== undefined) result[name] = merged(base[name], value);
  }
  return result;
}

export const settingsApi = [getSettings, changeSettings];
