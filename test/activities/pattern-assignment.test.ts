import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import mongoose from 'mongoose';
import { createClassifyActivities } from '../../src/activities/classify-activities.ts';
import { noteBack, noteGone } from '../../src/activities/gone-conversations.ts';
import { createOfflineClassifier } from '../../src/classify/offline-classifier.ts';
import { loadWeights } from '../../src/classify/weights.ts';
import { createStorage, type Storage } from '../../src/storage/storage.ts';
import { createPeopleAndRuns, type PeopleAndRuns, TOPICS } from '../storage/patterns/people-and-runs.ts';
import { type MongodbServer, startMongodb } from '../support/mongodb.ts';

const topicOf = (conversationId: number) => TOPICS[(conversationId * 7) % TOPICS.length] ?? 'export';
const arrivals = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ conversationId: at + 1, topic: topicOf(at + 1) }));

describe('patterns of a batch', function () {
  this.timeout(60_000);
  let mongodb: MongodbServer;
  let storage: Storage;
  let commands = 0;

  before(async () => {
    mongodb = await startMongodb();
    const connection = await mongoose.createConnection(mongodb.newDatabase(), { monitorCommands: true }).asPromise();
    connection.getClient().on('commandStarted', () => void commands++);
    storage = createStorage(connection);
    await Promise.all(Object.values(connection.models).map((model) => model.createIndexes()));
  });
  after(async () => {
    await storage?.close();
    await mongodb?.stop();
  });

  const patternsOf = async (here: PeopleAndRuns) => {
    const members = [...(await here.membership())].sort(([a], [b]) => (a < b ? -1 : 1));
    const ids = members.map(([patternId]) => patternId);
    const centroids = await storage.patterns.candidatesById(here.organizationId, ids);
    const counted = await storage.patterns.getMany(here.organizationId, ids);
    return {
      members,
      centroids: centroids.map(({ patternId, centroid }) => ({ patternId, centroid })),
      counts: counted.map(({ patternId, conversations, customers }) => ({ patternId, conversations, customers })),
    };
  };

  it('are those that the conversations get one after another', async () => {
    const [together, singly] = [createPeopleAndRuns(storage, randomUUID()), createPeopleAndRuns(storage, randomUUID())];
    await together.runAll(arrivals(12));
    for (const one of arrivals(12)) await singly.runAll([one]);
    const found = await patternsOf(together);
    assert.equal(found.members.length, TOPICS.length);
    assert.deepEqual(found.members, (await patternsOf(singly)).members);
  });

  it('take each conversation up once, when a worker is killed before the insights are stored', async () => {
    const [killed, quiet] = [createPeopleAndRuns(storage, randomUUID()), createPeopleAndRuns(storage, randomUUID())];
    await quiet.runAll(arrivals(12));
    const { saveMany } = storage.insights;
    storage.insights.saveMany = () => Promise.reject(new Error('killed'));
    await assert.rejects(killed.runAll(arrivals(12)), /killed/);
    storage.insights.saveMany = saveMany;
    assert.equal((await killed.membership()).size, 0);
    await killed.runAll(arrivals(12));
    assert.deepEqual(await patternsOf(killed), await patternsOf(quiet));
  });

  it('cost few commands for each conversation', async () => {
    const { organizationId } = await storage.organizations.create({ name: 'Acme', timeZone: 'UTC' });
    const { integrationId } = await storage.integrations.create(organizationId);
    const scope = { organizationId, integrationId };
    const here = createPeopleAndRuns(storage, organizationId, integrationId);
    await here.runAll(arrivals(25));
    await storage.connection.collection('insights').deleteMany({ organizationId });
    const classifier = createOfflineClassifier(loadWeights());
    const deps = { storage, now: () => new Date(), classifierOf: () => classifier };
    const { classifyConversations } = createClassifyActivities(deps);
    const conversationIds = arrivals(25).map(({ conversationId }) => conversationId);
    commands = 0;
    await new MockActivityEnvironment().run(() =>
      classifyConversations(scope, { batchId: 'b', workflowId: 'w', conversationIds }),
    );
    assert.ok(commands <= 10 * conversationIds.length, `${commands} commands`);
    assert.ok(commands <= 100, `${commands} commands for a page of 25`);
    assert.equal((await storage.insights.counts(organizationId, {})).total, 25);
  });

  it('count no conversation that Help Scout has no more, until it is there again', async () => {
    const here = createPeopleAndRuns(storage, randomUUID());
    await here.runAll(arrivals(8));
    const patternId = (await here.patternOf(4)) ?? assert.fail();
    const count = async () => (await storage.patterns.get(here.organizationId, patternId))?.conversations;
    const before = (await count()) ?? 0;
    const gone = [{ conversationId: 4, mergedInto: 8 }];
    for (const _try of [1, 2]) await noteGone(storage, here, gone, new Date());
    assert.equal(await count(), before - 1);
    assert.equal((await storage.insights.counts(here.organizationId, {})).total, 7);
    assert.equal((await storage.insights.get(here.organizationId, 4))?.gone?.mergedInto, 8);
    await noteBack(storage, here, [4, 5]);
    assert.equal(await count(), before);
    assert.equal((await storage.insights.counts(here.organizationId, {})).total, 8);
  });
});
