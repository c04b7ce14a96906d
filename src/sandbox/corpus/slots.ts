import { NAME_POOLS } from './people/names.ts';
import type { Person } from './people/people.ts';
import type { Random } from './prng.ts';

const SITES = [
  'the harbour warehouse',
  'the Bellevue clinic',
  'the airport hotel',
  'the primary school',
  'Marigold Road',
  'the town library',
  'Block C',
  'the old brewery',
  'Riverside Court',
  'the Novak building',
  'the data centre',
  'the shopping mall',
  'the tennis club',
  'Station Square',
  'the dental practice',
  'the hospital annex',
  'Mill Lane 14',
  'the cheese factory',
  'the car park at the station',
  'Villa Aurora',
];
const CLIENTS = [
  'Oakfield Dental',
  'Hotel Miramar',
  'Bergmann Logistics',
  'the parish council',
  'Sato Foods',
  'Castellan Properties',
  'Nimbus Coworking',
  'Fratelli Conti',
  'the housing association',
  'Maison Delorme',
  'Peregrine Insurance',
  'Aldine Print',
  'Vester Pharma',
  'Lakeside Nursery',
];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const TIMES = ['6:30', '7:00', '7:15', '7:45', '8:00', '8:30', '9:15', '5:45'];

/**
 * What the slots of one conversation stand for. Drawn once, so that a person speaks of the same site and worker in
 * every message of it.
 */
export function createSlots(random: Random, person: Person): Record<string, string> {
  const pool = NAME_POOLS[person.company.culture];
  const coworkers = pool.first.filter((name) => name !== person.firstName);
  return {
    site: random.pick(SITES),
    client: random.pick(CLIENTS),
    worker: random.pick(coworkers),
    colleague: random.pick(coworkers),
    day: random.pick(DAYS),
    time: random.pick(TIMES),
    n: String(random.between(2, 6)),
    people: String(random.between(14, 68)),
    inv: `INV-${random.between(1023, 4899)}`,
    code: String(random.between(10230, 98990)),
    amount: `${pool.currency}${random.between(1, 4)},${random.between(100, 999)}.${random.between(10, 99)}`,
    phone: person.phone,
    browser: person.browser,
    company: person.company.name,
    number: person.phoneNumber,
  };
}

/** Fills `{name}` slots; an unknown name is a mistake in the data and throws. */
export function fillSlots(text: string, slots: Record<string, string>): string {
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = slots[name];
    if (value === undefined) throw new Error(`Unknown slot {${name}}`);
    return value;
  });
  // "the {site} job" meets sites that bring their own article, and a client such as "the parish council" may open a sentence.
  return filled.replace(/\bthe the\b/g, 'the').replace(/(^|[.!?] )the (?=parish|housing)/g, '$1The ');
}
