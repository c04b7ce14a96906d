import { readChaosOptions } from './options.ts';
import { isUnharmed, runChaos, summaryOf } from './run-chaos.ts';

/** `npm run test:chaos -- --seed 7 --minutes 20 --conversations 5000`: the whole product under fire. */
const options = readChaosOptions(process.argv.slice(2));
const stopped = new AbortController();
// Its processes are in groups of their own, which Ctrl-C does not reach.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
const report = await runChaos({ ...options, say: (line) => console.log(line), signal: stopped.signal });
console.log(summaryOf(report));
console.log(isUnharmed(report) ? 'Nothing lost, nothing done twice, nothing stuck.' : 'Something went wrong.');
process.exit(isUnharmed(report) ? 0 : 1);
