import { createCustomerPeople, type VirtualPeople } from './customers-people.ts';
import type { Mailbox, Person, Tag, Team } from './model.ts';

const FIRST_MAILBOX_ID = 310;
const FIRST_USER_ID = 501;
/** Teams have ids of the users' space, so that either can be an assignee. */
const FIRST_TEAM_ID = 451;
export const FIRST_CUSTOMER_ID = 88_001;
const FIRST_TAG_ID = 61;
const FIRST_SYSTEM_USER_ID = 901;
export const DEFAULT_MAILBOX = 'Support';

/** Agents of the sandbox; the first one is who authorizes apps. */
const AGENTS = [
  { first: 'Ada', last: 'Moor', email: 'ada@sandbox.example' },
  { first: 'Ben', last: 'Sato', email: 'ben@sandbox.example' },
  { first: 'Cleo', last: 'Nair', email: 'cleo@sandbox.example' },
];

/** Who acts where no person does; version 2 of the API shows them as users. */
const SYSTEM_USERS = [
  { first: 'AI', last: 'Answers', email: '' },
  { first: 'Workflow', last: 'Automation', email: '' },
];

/** Teams and the agents in them, by their places in the list of agents. */
const TEAMS = [
  { name: 'Support', agents: [0, 1] },
  { name: 'Engineering', agents: [2] },
];

/**
 * Users, teams, customers, mailboxes and tags. Ids are given in the order of first use, so reading the same corpus and the
 * same events again gives the same ids.
 */
export function createDirectory(virtualCustomers: VirtualPeople | null = null) {
  const mailboxes = createTable<Mailbox>(FIRST_MAILBOX_ID);
  const users = createTable<Person>(FIRST_USER_ID);
  const customers = createCustomerPeople(FIRST_CUSTOMER_ID, virtualCustomers);
  const tags = createTable<Tag>(FIRST_TAG_ID);

  function user(emailOrName: string): Person {
    return users.findOrAdd(emailOrName.trim().toLowerCase(), (id) => {
      const email = emailOrName.includes('@') ? emailOrName : `${slugOf(emailOrName)}@sandbox.example`;
      return { id, ...nameOf(emailOrName), email };
    });
  }

  const teams = createTable<Team>(FIRST_TEAM_ID);

  const systemUsers = createTable<Person>(FIRST_SYSTEM_USER_ID);
  for (const one of SYSTEM_USERS) systemUsers.findOrAdd(one.first.toLowerCase(), (id) => ({ id, ...one }));

  for (const agent of AGENTS) users.findOrAdd(agent.email, (id) => ({ id, ...agent }));
  for (const { name, agents } of TEAMS) {
    const memberIds = agents.map((place) => FIRST_USER_ID + place);
    teams.findOrAdd(name.toLowerCase(), (id) => ({ id, name, memberIds }));
  }

  return {
    mailboxes,
    users,
    teams,
    systemUsers,
    customers,
    tags,
    user,
    /** The agent who writes when nobody is named: the same one for the same `turn`. */
    agent(turn: number): Person {
      return user(AGENTS[turn % AGENTS.length]?.email ?? 'ada@sandbox.example');
    },
    /** The user whose tokens an authorization gives. */
    owner: (): Person => user('ada@sandbox.example'),
    customer(email: string): Person {
      const known = customers.find(email);
      if (known) return known;
      const made = { id: customers.nextId(), ...nameOf(email), email: email.trim() };
      customers.put(made, [email]);
      return made;
    },
    mailbox(name: string): Mailbox {
      return mailboxes.findOrAdd(name.trim().toLowerCase(), (id) => {
        const slug = slugOf(name);
        return { id, name: name.trim(), slug: `${slug}-${id}`, email: `${slug}@sandbox.example` };
      });
    },
    tag(name: string): Tag {
      return tags.findOrAdd(name.trim().toLowerCase(), (id) => ({ id, name: name.trim() }));
    },
  };
}

export type Directory = ReturnType<typeof createDirectory>;

function createTable<T extends { id: number }>(firstId: number) {
  const byKey = new Map<string, T>();
  const byId = new Map<number, T>();
  return {
    findOrAdd(key: string, make: (id: number) => T): T {
      const known = byKey.get(key);
      if (known) return known;
      const made = make(firstId + byId.size);
      byKey.set(key, made);
      byId.set(made.id, made);
      return made;
    },
    get: (id: number): T | undefined => byId.get(id),
    all: (): T[] => [...byId.values()],
  };
}

export function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug === '' ? 'inbox' : slug;
}

/** `lin.osei@client.example` is called Lin Osei, and so is "Lin Osei". */
export function nameOf(emailOrName: string): { first: string; last: string } {
  const words = (emailOrName.split('@')[0] ?? '').split(/[\s._+-]+/).filter((word) => word !== '');
  const [first = 'Unknown', ...rest] = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return { first, last: rest.join(' ') };
}
