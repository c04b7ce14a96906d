const HERE = 'http://here.invalid';

/** Where to go after signing in: a path of ours, else null. Other hosts hide in `//host`, `/\host`, `/./%2F` and the like. */
export function safeReturn(target: string | undefined): string | null {
  if (!target || target.length > 2000 || !target.startsWith('/') || !URL.canParse(target, HERE)) return null;
  const { origin, pathname, search } = new URL(target, HERE);
  if (origin !== HERE || /^\/[/\\]/.test(pathname)) return null;
  return pathname + search;
}
