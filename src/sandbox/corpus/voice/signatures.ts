import type { Person } from '../people/people.ts';
import type { Random } from '../prng.ts';
import { HOME_SIGN_OFFS, SIGN_OFFS } from './phrases.ts';

/** How `person` ends a mail, which may be not at all. */
export function signature(random: Random, person: Person): string {
  if (person.signature === 'none') return '';
  if (person.signature === 'first')
    return random.chance(0.5) ? person.firstName : `${signOff(random, person)}\n${person.firstName}`;
  return fullSignature(random, person);
}

/** A sign-off with the whole name, and with the company for those who have such a block. */
export function fullSignature(random: Random, person: Person): string {
  const name = `${person.firstName} ${person.lastName}`;
  if (person.signature !== 'block') return `${signOff(random, person)},\n${name}`;
  return `${signOff(random, person)}\n\n--\n${name}\n${person.jobTitle}\n${person.company.name}\nTel. ${person.phoneNumber}`;
}

function signOff(random: Random, person: Person): string {
  const home = HOME_SIGN_OFFS[person.company.culture];
  return random.pick(home !== undefined && random.chance(0.25) ? home : SIGN_OFFS);
}
