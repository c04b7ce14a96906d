import { COMPANIES } from '../../corpus/people/companies.ts';
import { addressPart, type Person as CorpusPerson, createPerson } from '../../corpus/people/people.ts';
import type { VirtualPeople } from '../customers-people.ts';
import type { Person } from '../model.ts';
import { randomOf } from './random-of.ts';

/** Far above the ids of customers that the sandbox keeps. */
const FIRST_ID = 1_000_001;

export interface GeneratedPeople extends VirtualPeople {
  count: number;
  idOf(index: number): number;
  /** The person with the habits that show in what they write. */
  writer(index: number): CorpusPerson;
}

/** The customers of a generated account: nobody is kept, everybody follows from the seed and their number. */
export function createGeneratedPeople(seed: number, count: number): GeneratedPeople {
  function writer(index: number): CorpusPerson {
    const random = randomOf(seed, index, 'person');
    const person = createPerson(random, random.pick(COMPANIES));
    // The number makes the address theirs alone, and leads back from the address to the person.
    const local = `${addressPart(person.firstName)}.${addressPart(person.lastName)}.${index.toString(36)}`;
    return { ...person, email: `${local}@${person.company.domain}` };
  }

  const idOf = (index: number) => FIRST_ID + index;

  function person(index: number): Person | undefined {
    if (index < 0 || index >= count) return undefined;
    const { firstName, lastName, email } = writer(index);
    return { id: idOf(index), first: firstName, last: lastName, email };
  }

  return {
    count,
    idOf,
    writer,
    get: (id) => person(id - FIRST_ID),
    find(address) {
      const [, number] = /\.([0-9a-z]{1,6})@/.exec(address) ?? [];
      const found = number === undefined ? undefined : person(Number.parseInt(number, 36));
      return found?.email === address ? found : undefined;
    },
    *all() {
      for (let index = 0; index < count; index += 1) {
        const found = person(index);
        if (found) yield found;
      }
    },
  };
}
