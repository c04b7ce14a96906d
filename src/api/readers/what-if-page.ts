import { z } from 'zod';
import { CATEGORIES } from '../../domain/category.ts';
import { learnedAreas } from '../../domain/learned-areas.ts';
import { WHAT_IF_CHANGES, type WhatIf, whatIfSettingsSchema } from '../../domain/what-if.ts';
import type { WhatIfFilter, WhatIfPageProps, WhatIfsPageProps } from '../../ui/index.ts';
import type { FieldErrors, Shell } from '../../ui/props.ts';
import { whatIfWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { temporalWebUrl } from '../temporal/web-link.ts';
import { oneOf } from './query-values.ts';

const RUNS = 50;
const ITEMS = 50;

/** What the list of differences is filtered by; `after` is the last conversation of the page before. */
export const whatIfQuery = z.object({
  change: oneOf(WHAT_IF_CHANGES),
  was: oneOf(CATEGORIES),
  is: oneOf(CATEGORIES),
  after: z
    .string()
    .regex(/^.{1,200}~\d{1,15}$/)
    .nullable()
    .catch(null),
});

/** The page of all what-ifs, with the form of a new one; `refused` is a form that could not be used. */
export async function whatIfsPage(
  { storage, classifierIdentity }: Pick<Deps, 'storage' | 'classifierIdentity'>,
  organizationId: string,
  shell: Shell,
  refused?: { errors: FieldErrors; sent: Readonly<Record<string, string>> },
): Promise<WhatIfsPageProps> {
  const [runs, taxonomy, { insights }, integrations] = await Promise.all([
    storage.whatIfs.list(organizationId, RUNS),
    storage.taxonomies.current(organizationId),
    storage.settings.get(organizationId),
    storage.integrations.list(organizationId),
  ]);
  const named = new Set(taxonomy.productAreas.map(({ name }) => name.toLowerCase()));
  const learned = learnedAreas(integrations).filter(({ name }) => !named.has(name.toLowerCase()));
  const settings = whatIfSettingsSchema.parse(insights);
  return { shell, runs, taxonomy, learned, settings, installation: classifierIdentity, ...refused };
}

/** A what-if of the organization. @throws RequestProblem 404 when it has none such */
export async function findWhatIf({ storage }: Pick<Deps, 'storage'>, organizationId: string, whatIfId: string) {
  const whatIf = await storage.whatIfs.get(organizationId, whatIfId);
  if (!whatIf) throw notFound();
  return whatIf;
}

/** One what-if: how far it is, and what would be otherwise. */
export async function whatIfPage(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  whatIf: WhatIf,
  { after, change, was, is }: z.output<typeof whatIfQuery>,
  shell: () => Promise<Shell>,
): Promise<WhatIfPageProps> {
  const { organizationId, whatIfId } = whatIf;
  const filter: WhatIfFilter = { change, was, is };
  const wanted = { ...asked('change', change), ...asked('before', was), ...asked('after', is) };
  const [summary, found, editions] = await Promise.all([
    storage.whatIfs.summary(organizationId, whatIfId),
    storage.whatIfs.items(organizationId, whatIfId, wanted, {
      limit: ITEMS + 1,
      ...(after && { after: placeOf(after) }),
    }),
    storage.editions.get(organizationId),
  ]);
  const items = found.slice(0, ITEMS);
  const patternIds = items.flatMap((item) =>
    [...item.before, ...item.after].flatMap(({ patternId }) => patternId ?? []),
  );
  const patterns = await storage.patterns.getMany(organizationId, [...new Set(patternIds)]);
  const last = items.at(-1);
  const page = await shell();
  return {
    ...{ shell: page, whatIf, summary, items, filter, isFirst: after === null },
    titles: new Map(patterns.map(({ patternId, title }) => [patternId, title])),
    next: found.length > ITEMS && last ? `${last.integrationId}~${last.conversationId}` : null,
    mayUndo: whatIf.state === 'published' && editions.current === whatIfId && editions.previous === whatIf.base,
    isStale: whatIf.state === 'ready' && editions.current !== whatIf.base,
    temporalUrl: temporalWebUrl(config, page.member.role, whatIfWorkflowId(whatIfId)),
  };
}

const asked = <Name extends string, Value extends string>(name: Name, value: Value | null) =>
  value === null ? {} : { [name]: value };

function placeOf(text: string) {
  const split = text.lastIndexOf('~');
  return { integrationId: text.slice(0, split), conversationId: Number(text.slice(split + 1)) };
}
