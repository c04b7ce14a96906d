import type { DocumentationPageProps } from '../../src/ui/views/insights/documentation.tsx';
import { NOW, shell } from './samples.ts';

/** Documentation needs of the made-up organization. */
export function documentation(): DocumentationPageProps {
  const lastReportedAt = new Date(NOW.getTime() - 3 * 86_400_000);
  const article = { url: 'https://help.northwind.example/article/7-exporting-data', lastReportedAt };
  return {
    shell: shell('/insights/documentation'),
    filter: { problem: null, range: '90d' },
    articles: [
      {
        ...{ ...article, articleId: 'a1', title: 'Exporting data', customers: 7, conversations: 9 },
        problems: { missing: 0, hardToFind: 2, wrong: 7 },
      },
      {
        ...{ ...article, articleId: 'a2', title: 'Inviting colleagues to a team', customers: 1, conversations: 1 },
        problems: { missing: 1, hardToFind: 0, wrong: 0 },
      },
    ],
    topics: [
      {
        ...{ patternId: 'p1', conversationId: 7001, summary: 'There is no list of webhooks.', customers: 3 },
        ...{ conversations: 4, lastReportedAt, pattern: { patternId: 'p1', title: 'Webhooks are not documented' } },
      },
    ],
    chosen: null,
    total: 14,
    docsMapped: true,
  };
}
