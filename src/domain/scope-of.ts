interface KnownScope {
  organizationId?: string;
  integrationId?: string;
}

/** Whose work it is: the first argument of workflows and activities names it, where there is an organization. */
export function scopeOf(args: readonly unknown[]): KnownScope {
  const [first] = args;
  if (typeof first !== 'object' || first === null) return {};
  const scope: KnownScope = {};
  if ('organizationId' in first && typeof first.organizationId === 'string')
    scope.organizationId = first.organizationId;
  if ('integrationId' in first && typeof first.integrationId === 'string') scope.integrationId = first.integrationId;
  return scope;
}
