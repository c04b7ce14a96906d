import { termsOf } from '../patterns/terms.ts';

/** To be raised when terms or passages are made in another way: stored articles are then read again. */
export const TERMS_VERSION = 1;

/**
 * Words of any request for help, and of talk about help texts itself: they say nothing about which article is meant.
 */
const STOP_WORDS = `
a about after again all also already although always am an and any anybody anyone anything are as at away back be because
been before being best both but by came can cannot cant come could couldnt day did didnt do does doesnt doing done dont down
each either else especially etc even ever every everybody everyone everything few find first for found from gave get
gets getting give given gives go goes going gone good got had has have havent having he hello help her here hers hi him his hour hours
how however i if im in instead into is isnt it its itself ive just kind know last later least let like little ll long look
looked looking made make makes many may maybe me mean meant might mine moment more most much must my myself need needed never
new next no nobody none nor not nothing now of off often ok okay on once one only or other others otherwise our ours out
over own people perhaps please pls possible put quite rather re really right said same saw say says see seem seems sent several
shall she should since so some somebody someone something somewhere soon still stop such sure take tell than thank thanks that
thats the their them then there these they thing things think this those three through time times to today together told too
took tried true try trying two under until up upon us use used using usual ve very via want wanted was wasnt way we week weeks well
went were what whatever when where whether which while who whole whom whose why will wish with within without wont
work works would write written wrong wrote yes yesterday yet you your yours yourself
article articles page pages guide guides manual doc docs documentation documented document documents instruction instructions
description describe described describes knowledge base center centre faq text texts read reading mention mentions mentioned explain explained explains
explanation screenshot screenshots picture pictures outdated incorrect missing link links search searched section sentence
dear regards cheers greetings morning team support question questions problem issue example examples colleague customer customers
`;

const stopTerms: ReadonlySet<string> = new Set(termsOf(STOP_WORDS));

/** The terms of a text that can tell articles apart, in order: stemmed, without words that every request has. */
export function searchTermsOf(text: string): string[] {
  return termsOf(text).filter((term) => !stopTerms.has(term));
}

/** How often each term occurs. */
export function countsOf(terms: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}
