import type { Connection, mongo } from 'mongoose';
import { z } from 'zod';

interface Stage {
  stage?: string | undefined;
  inputStage?: Stage | undefined;
  inputStages?: Stage[] | undefined;
  queryPlan?: Stage | undefined;
}
const stageSchema: z.ZodType<Stage> = z.lazy(() =>
  z.object({
    stage: z.string().optional(),
    inputStage: stageSchema.optional(),
    inputStages: z.array(stageSchema).optional(),
    queryPlan: stageSchema.optional(),
  }),
);
const executionSchema = z.object({
  totalKeysExamined: z.number(),
  totalDocsExamined: z.number(),
  nReturned: z.number(),
});
const plannerSchema = z.object({ winningPlan: stageSchema });
const aggregatePlanSchema = z.object({
  queryPlanner: plannerSchema.optional(),
  stages: z.array(z.looseObject({ $cursor: z.object({ queryPlanner: plannerSchema }).optional() })).optional(),
});

/** The names of all stages of a plan, the outermost first. */
const stagesOf = (plan: Stage): string[] => [
  ...(plan.stage ? [plan.stage] : []),
  ...[plan.inputStage, plan.queryPlan, ...(plan.inputStages ?? [])].flatMap((inner) => (inner ? stagesOf(inner) : [])),
];

export interface Explained {
  stages: string[];
  keys: number;
  rows: number;
  returned: number;
}

const database = (connection: Connection) => {
  assertDatabase(connection.db);
  return connection.db;
};
function assertDatabase(db: Connection['db']): asserts db is NonNullable<Connection['db']> {
  if (!db) throw new Error('Not connected.');
}

/** How the server would answer a find, and what it looked at for that. */
export async function explainFind(
  connection: Connection,
  collection: string,
  find: { filter: mongo.Document; sort?: Record<string, 1 | -1>; limit?: number },
): Promise<Explained> {
  const answer = await database(connection).command({
    explain: { find: collection, ...find },
    verbosity: 'executionStats',
  });
  const { winningPlan } = plannerSchema.parse(answer.queryPlanner);
  const { totalKeysExamined, totalDocsExamined, nReturned } = executionSchema.parse(answer.executionStats);
  return { stages: stagesOf(winningPlan), keys: totalKeysExamined, rows: totalDocsExamined, returned: nReturned };
}

/** The stages that feed an aggregation. */
export async function explainAggregate(
  connection: Connection,
  collection: string,
  pipeline: readonly mongo.Document[],
): Promise<string[]> {
  const answer = aggregatePlanSchema.parse(
    await database(connection).command({
      explain: { aggregate: collection, pipeline: [...pipeline], cursor: {} },
      verbosity: 'queryPlanner',
    }),
  );
  const planner = answer.queryPlanner ?? answer.stages?.find((stage) => stage.$cursor)?.$cursor?.queryPlanner;
  return planner ? stagesOf(planner.winningPlan) : [];
}

/**
 * Whether this server takes the order of a list from a compound index at all. SecantusDB's Python server sorts even
 * what lies in order, so that only the choice of the index can be checked there.
 */
export async function readsInOrder(connection: Connection): Promise<boolean> {
  const probe = database(connection).collection<{ a: number; b: number; c: number }>('orderProbe');
  await probe.createIndex({ a: 1, b: 1, c: 1 });
  await probe.insertMany([1, 2, 3].map((n) => ({ a: 1, b: n, c: n })));
  const { stages } = await explainFind(connection, 'orderProbe', {
    filter: { a: 1 },
    sort: { b: -1, c: -1 },
    limit: 2,
  });
  return !stages.includes('SORT');
}
