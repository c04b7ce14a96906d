import type { Random } from '../prng.ts';
import { COMPANIES, type Company } from './companies.ts';
import { NAME_POOLS } from './names.ts';

/** How a person ends a mail. */
type SignatureHabit = 'none' | 'first' | 'full' | 'block';

/** Someone of a company that uses Brindlewick, with the habits that show in what they write. */
export interface Person {
  firstName: string;
  lastName: string;
  email: string;
  company: Company;
  jobTitle: string;
  phone: string;
  browser: string;
  phoneNumber: string;
  native: boolean;
  careless: boolean;
  signature: SignatureHabit;
}

const JOB_TITLES = [
  'Office Manager',
  'Owner',
  'Dispatcher',
  'Operations',
  'Bookkeeping',
  'Planning',
  'Managing Director',
  'Site Supervisor',
  'Administration',
  'Service Coordinator',
];
const PHONES = [
  'Galaxy A54',
  'Pixel 8',
  'iPhone 13',
  'iPhone 15',
  'Galaxy S23',
  'Redmi Note 12',
  'iPhone SE',
  'Moto G84',
];
const BROWSERS = ['Chrome', 'Firefox', 'Safari', 'Edge'];
const SIGNATURES: SignatureHabit[] = ['none', 'first', 'first', 'first', 'full', 'block'];
const PEOPLE = 232;

/** About 230 people; no two share an address, larger companies have more of them. */
export function createPeople(random: Random): Person[] {
  const people = new Map<string, Person>();
  const add = (company: Company) => {
    const person = createPerson(random, company);
    if (!people.has(person.email)) people.set(person.email, person);
  };
  for (const company of COMPANIES) add(company);
  const large = random.shuffled(COMPANIES).slice(0, 25);
  while (people.size < PEOPLE) add(random.pick(random.chance(0.5) ? large : COMPANIES));
  return [...people.values()];
}

/** Someone of the company; the address need not be theirs alone. */
export function createPerson(random: Random, company: Company): Person {
  const pool = NAME_POOLS[company.culture];
  const firstName = random.pick(pool.first);
  const lastName = random.pick(pool.last);
  const [first, last] = [addressPart(firstName), addressPart(lastName)];
  const local = random.pick([
    `${first}.${last}`,
    `${first}.${last}`,
    `${first}.${last}`,
    first,
    `${first.slice(0, 1)}.${last}`,
  ]);
  return {
    firstName,
    lastName,
    email: `${local}@${company.domain}`,
    company,
    jobTitle: random.pick(JOB_TITLES),
    phone: random.pick(PHONES),
    browser: random.pick(BROWSERS),
    phoneNumber: `555 01${random.between(10, 99)} ${random.between(10, 99)}`,
    native: pool.native,
    careless: random.chance(0.25),
    signature: random.pick(SIGNATURES),
  };
}

/** Letters that do not fall apart into a base letter and an accent. */
const SPECIAL_LETTERS: Record<string, string> = { ł: 'l', ø: 'o', ı: 'i', ß: 'ss', æ: 'ae' };

/** A name as it stands in an address: letters of ASCII only. */
export function addressPart(name: string): string {
  return name
    .toLowerCase()
    .replace(/[łøıßæ]/g, (letter) => SPECIAL_LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z-]/g, '');
}
