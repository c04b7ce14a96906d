import type { WhatIfSettings } from './what-if.ts';

const NAMES: Record<keyof WhatIfSettings, string> = {
  classifier: 'classifier',
  model: 'model',
  effort: 'effort',
  temperature: 'temperature',
  reviewBelow: 'review threshold',
};

/** What differs between two settings, as words: `review threshold 40 % → 60 %`. */
export function settingsChanges(before: WhatIfSettings, after: WhatIfSettings): string[] {
  const text = (settings: WhatIfSettings, name: keyof WhatIfSettings) =>
    name === 'reviewBelow' ? `${Math.round(settings.reviewBelow * 100)} %` : String(settings[name] ?? 'usual');
  return Object.entries(NAMES).flatMap(([key, name]) => {
    const [was, is] = [before, after].map((settings) => text(settings, key as keyof WhatIfSettings));
    return was === is ? [] : [`${name} ${was} → ${is}`];
  });
}
