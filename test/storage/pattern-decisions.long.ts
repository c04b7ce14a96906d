import fc from 'fast-check';
import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';
import { playHistory, randomSteps } from './patterns/random-history.ts';

describe('people’s decisions about patterns, over many random histories', function () {
  this.timeout(3_600_000);
  let mongodb: MongodbServer;
  let storage: Storage;

  before(async () => {
    mongodb = await startMongodb();
    storage = await connectStorage(mongodb.newDatabase());
  });
  after(async () => {
    await storage?.close();
    await mongodb?.stop();
  });

  it('hold, whatever comes in between', async () => {
    let decisions = 0;
    await fc.assert(
      fc.asyncProperty(randomSteps(20), async (steps) => {
        decisions += await playHistory(storage, steps);
      }),
      // Shrinking a history takes longer than all of them: the seed says which it was.
      { numRuns: 100, endOnFailure: true },
    );
    console.log(`      ${decisions} decisions in 100 histories`);
  });
});
