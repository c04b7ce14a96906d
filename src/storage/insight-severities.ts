import { z } from 'zod';
import { type Severity, severitySchema } from '../domain/category.ts';
import { severityOf } from '../domain/record-priority.ts';
import { NOT_GONE } from './gone-insights.ts';
import type { InsightModel } from './insight-schema.ts';

const rowsSchema = z.array(
  z.object({ _id: z.object({ patternId: z.string(), customerKey: z.string(), severity: severitySchema }) }),
);

/** How bad customers say each pattern is; patterns of which nobody said anything are left out. */
export async function severitiesOf(
  model: InsightModel,
  organizationId: string,
  patternIds: readonly string[],
): Promise<Map<string, Severity>> {
  const rows = rowsSchema.parse(
    await model.aggregate([
      { $match: { organizationId, patternId: { $in: [...patternIds] }, severity: { $ne: null }, ...NOT_GONE } },
      { $group: { _id: { patternId: '$patternId', customerKey: '$customerKey', severity: '$severity' } } },
    ]),
  );
  const byPattern = new Map<string, { customerKey: string; severity: Severity }[]>();
  for (const { _id } of rows) byPattern.set(_id.patternId, [...(byPattern.get(_id.patternId) ?? []), _id]);
  return new Map(
    [...byPattern].flatMap(([patternId, reports]): [string, Severity][] => {
      const severity = severityOf(reports);
      return severity ? [[patternId, severity]] : [];
    }),
  );
}
