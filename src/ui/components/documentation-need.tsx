import {
  DOCUMENTATION_PROBLEM_TEXT,
  type DocumentationProblem,
  type DocumentationNeed as Need,
} from '../../domain/documentation-need.ts';
import { Badge } from './badge.tsx';
import { ExternalLink } from './content.tsx';

const TONES = { missing: 'blue', hardToFind: 'amber', wrong: 'red' } as const;
const ICONS = { missing: 'feature', hardToFind: 'search', wrong: 'alert' } as const;

/** What is wrong with the help, in a word. */
export function DocumentationProblemBadge({ problem }: { problem: DocumentationProblem }) {
  return (
    <span title={DOCUMENTATION_PROBLEM_TEXT[problem].sentence}>
      <Badge tone={TONES[problem]} icon={ICONS[problem]}>
        {DOCUMENTATION_PROBLEM_TEXT[problem].short}
      </Badge>
    </span>
  );
}

/** The article that should have answered, as a link, or that there is none; and what is wrong with it. */
export function DocumentationNeed({ need: { problem, article } }: { need: Need }) {
  return (
    <span class="stacked">
      {article ? <ExternalLink href={article.url}>{article.title}</ExternalLink> : <span>No article</span>}
      <DocumentationProblemBadge problem={problem} />
    </span>
  );
}
