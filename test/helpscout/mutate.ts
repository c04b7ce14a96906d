import type { Random } from '../../src/sandbox/corpus/prng.ts';

/** What stands for "a value of the body" in mutated replies: no message of an error may contain it. */
export const PLANTED = 'planted value';

const ODD_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -1, 0.5, 1e21, -(2 ** 53), 2 ** 53, 5e-324, 1_999_999_999_999],
  ...['', ' ', 'NaN', 'Infinity', '-0', 'null', 'undefined', '[object Object]', '0', '1e999', `${PLANTED} 1`],
  ...['2026-02-30T25:61:61Z', '0000-00-00T00:00:00Z', '2026-03-01T09:30:00.123456789Z', '2026-03-01', '+275760-09-13'],
  ...[
    '\u0000',
    '\ud800',
    '👩‍👩‍👧',
    '\u202e',
    'ﷺ'.repeat(50),
    'a\r\nb: c',
    '<script>',
    `https://${'x'.repeat(300)}.example`,
  ],
  ...[[], {}, [null], [[]], { length: 3 }, { toString: PLANTED }, [`${PLANTED} 2`], { value: `${PLANTED} 3` }],
];
const ODD_KEYS = ['__proto__', 'constructor', 'toJSON', 'then', 'length', '', '0', `${PLANTED} key`, 'ünïcode'];

type Parent = unknown[] | Record<string, unknown>;
interface Place {
  parent: Parent;
  key: string | number;
}

const isParent = (value: unknown): value is Parent => typeof value === 'object' && value !== null;

function placesOf(value: unknown, places: Place[] = []): Place[] {
  if (Array.isArray(value)) for (const key of value.keys()) places.push({ parent: value, key });
  else if (isParent(value)) for (const key of Object.keys(value)) places.push({ parent: value, key });
  if (isParent(value)) for (const inner of Object.values(value)) placesOf(inner, places);
  return places;
}

const read = ({ parent, key }: Place): unknown => Reflect.get(parent, key);
/** As JSON.parse does it: `__proto__` becomes a field like any other. */
const write = (parent: Parent, key: string | number, value: unknown) =>
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true });
const remove = ({ parent, key }: Place) =>
  Array.isArray(parent) ? void parent.splice(Number(key), 1) : void Reflect.deleteProperty(parent, key);

const copyOf = (value: unknown): unknown => (isParent(value) ? structuredClone(value) : value);

function nested(value: unknown, depth: number): unknown {
  return depth === 0 ? value : nested(depth % 2 === 0 ? [value] : { value }, depth - 1);
}

/** Changes of one place, by what they are called. */
const CHANGES: ((place: Place, random: Random) => void)[] = [
  remove,
  (place, random) => {
    const value = read(place);
    remove(place);
    write(place.parent, Array.isArray(place.parent) ? place.parent.length : random.pick(ODD_KEYS), value);
  },
  (place, random) => write(place.parent, place.key, copyOf(random.pick(ODD_VALUES))),
  (place, random) => write(place.parent, place.key, copyOf(random.pick(ODD_VALUES))),
  (place, random) => write(place.parent, place.key, nested(read(place), random.between(1, 60))),
  (place) => {
    const value = read(place);
    const swapped = Array.isArray(value) ? { ...value } : isParent(value) ? Object.values(value) : [value];
    write(place.parent, place.key, swapped);
  },
  (place) => {
    const value = read(place);
    write(place.parent, place.key, typeof value === 'string' ? `${PLANTED} ${value}` : JSON.stringify(value));
  },
  (place, random) => {
    const value = read(place);
    write(place.parent, place.key, Array.isArray(value) ? Array(random.between(2, 30)).fill(value[0]) : [value, value]);
  },
];

/** Changes of the whole text, after which it is mostly no JSON any more. */
const TEXT_CHANGES: ((text: string, random: Random) => string)[] = [
  (text, random) => text.slice(0, random.between(0, text.length)),
  (text, random) => {
    const at = random.between(0, text.length);
    return (
      text.slice(0, at) + random.pick(['"', '{', ']', ',', '\\', '\u0000', 'NaN', '1e999', 'é']) + text.slice(at + 1)
    );
  },
  (text) => `\ufeff${text}`,
  (text) => `${text}${text}`,
  (text) => text.replace(/:\d+/, ':1e999'),
  (text) => text.replace(/^\{/, `{"id":"${PLANTED}","_embedded":[],`),
  (text) => text.replace(/\}$/, `,"_embedded":{},"page":"${PLANTED}"}`),
  () => `<html><body>${PLANTED}</body></html>`,
  () => '',
  () => `"${PLANTED}"`,
];

/** A reply's body, given as JSON, with one to four changes. */
export function mutate(sample: string, random: Random): string {
  const body: unknown = JSON.parse(sample);
  for (let changes = random.between(1, 4); changes > 0; changes--) {
    const places = placesOf(body);
    if (places.length > 0) random.pick(CHANGES)(random.pick(places), random);
  }
  const text = JSON.stringify(body);
  return random.chance(0.12) ? random.pick(TEXT_CHANGES)(text, random) : text;
}
