/**
 * Words that any product's mail has: what people say, without what they say it about. Nearly all of them are among the 700
 * most frequent words of at least three of the permitted training sources; the rest were added by hand.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `
  0 ? a able about access add adding after again ago all allow already also always am an and another any anymore
  anyone anything api app application are aren't as at available back be because been before being best better
  between both broken bug build but by call calls can can't cannot change changed changes check clarify code
  command component configuration console correct could couldn't crash crashes create created current currently
  custom data default details developers did different do docs document documentation does doesn't doing don't
  done down e each either end error etc even every example expected explain export fail failed fails feature
  features file find fine first fix for found freezes from full function functions get getting give given go good
  great guide had has hasn't have haven't having he hello help here hi hope how how's however i i'd i'm i've if
  images implement import improve improvement in include information input install installed instead into is isn't
  issue issues it it's its itself just keeps know knowledge last latest let library like line link list load log
  long longer look love main make makes many may maybe me message might missing mobile mode more much must my name
  need needed needs never new next nice no none not note nothing now number of off on once one only open option
  options or order other our out outdated over own package page part people per permissions please point possible
  previous problem project proposal provide question rather read readme really reference release remove removed
  report request required return returns right run running same save says screen section see seems server set
  setting shall she should shouldn't show shows sign simple since slow so some someone something start started
  status step steps still stuck such suddenly suggestion support sure tag text than thanks that the their them
  then there these they think this though through throws time to too tried trying tutorial two type typo unable
  unclear understand until up update updated us use used useful useless user users using version very video view
  want was wasn't way we we'd we're website well were what when where whether which while who whom whose why will
  windows wish with without won't wondering work working works would wouldn't write wrong yet you your
`
    .trim()
    .split(/\s+/),
);
