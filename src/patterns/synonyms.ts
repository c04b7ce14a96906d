import { stemmer } from 'stemmer';

/**
 * Words that customers use for the same thing, whatever the product: two people with one problem seldom share a
 * vocabulary. The first word of a line stands for all of it. Nothing here belongs to one trade or product.
 */
const SYNONYMS = `
crash freeze hang stuck frozen
login signin logon
logout signout
cannot cant unable couldnt wont impossible
doesnt dont didnt isnt not
fail failed failure unsuccessful broken
invoice receipt bill
refund reimburse reimbursement chargeback
fee charge cost price pricing
cancel terminate unsubscribe
delete remove erase
add insert append
change edit modify update alter
show display appear visible
slow sluggish lag laggy latency
password passcode
picture photo image pic screenshot
notification alert notify
sync synchronize synchronise synchronization syncing
phone smartphone mobile cellphone
buy purchase
payment pay paid
money fund funds cash
wrong incorrect inaccurate
missing disappear disappeared vanish gone lost
start launch open
quit exit close
error exception
request ask
allow permit enable
disable deactivate
turn switch toggle
choose select pick
option setting preference
need require want wish would
abroad overseas foreign international
arrive received receive deliver delivered
verify verification confirm authenticate identity
country region
language translation translate
colour color
quick fast soon
transfer send sent
documentation docs manual guide
window dialog popup
`;

/** From the stem of a word to the stem that stands for it. */
export const canonicalStems: ReadonlyMap<string, string> = new Map(
  SYNONYMS.trim()
    .split('\n')
    .flatMap((line) => {
      const stems = line.split(' ').map((word) => stemmer(word));
      return stems.map((stem): [string, string] => [stem, stems[0] ?? stem]);
    }),
);
