const FIRST_ORGANIZATION_ID = 4100;

export interface Organization {
  id: number;
  name: string;
  /** When the first customer named it. */
  createdAtMs: number;
}

/** The organizations that customers name, in the order of their first mention; names are compared without case. */
export function createOrganizations() {
  const byKey = new Map<string, Organization>();
  const byId = new Map<number, Organization>();
  const keyOf = (name: string) => name.trim().toLowerCase();
  return {
    idOf: (name: string): number | null => byKey.get(keyOf(name))?.id ?? null,
    get: (id: number): Organization | undefined => byId.get(id),
    all: (): Organization[] => [...byId.values()],
    /** Notes an organization that a customer names; nothing for one that is known, or for no name. */
    note(name: string, atMs: number): void {
      const key = keyOf(name);
      if (key === '' || byKey.has(key)) return;
      const organization = { id: FIRST_ORGANIZATION_ID + byId.size, name: name.trim(), createdAtMs: atMs };
      byKey.set(key, organization);
      byId.set(organization.id, organization);
    },
  };
}
