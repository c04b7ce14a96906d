/**
 * What a model's requests may carry, by its name: the API refuses a request with a setting that the model does not have.
 * Names that are not known are taken for newer models: those have an effort and no temperature.
 * (platform.claude.com/docs/en/build-with-claude/effort lists the models with an effort; sampling settings ended with
 * Opus and Sonnet 4.6 and Haiku 4.5.)
 */
export function takesTemperature(model: string): boolean {
  const { family, version } = readName(model);
  if (version === null) return false;
  return family === 'haiku' ? version <= 4.5 : (family === 'opus' || family === 'sonnet') && version <= 4.6;
}

/** Whether `output_config.effort` may be sent; see `takesTemperature`. */
export function takesEffort(model: string): boolean {
  const { family, version } = readName(model);
  if (version === null) return true;
  const since = { opus: 4.5, sonnet: 4.6, haiku: 5.5 }[family] ?? 0;
  return version >= since;
}

/** `claude-opus-4-5-20251101` is opus 4.5, `claude-3-5-haiku-20241022` is haiku 3.5. */
function readName(model: string): { family: string; version: number | null } {
  const newer = /claude-([a-z]+)-(\d)(?:-(\d)(?!\d))?/.exec(model);
  const older = /claude-(\d)(?:-(\d))?-([a-z]+)/.exec(model);
  const [family, major, minor] = older ? [older[3], older[1], older[2]] : [newer?.[1], newer?.[2], newer?.[3]];
  if (family === undefined || major === undefined) return { family: '', version: null };
  return { family, version: Number(`${major}.${minor ?? 0}`) };
}
