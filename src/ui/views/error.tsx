import { EmptyState } from '../components/content.tsx';
import { Page, PublicPage } from '../components/layout.tsx';
import { safeHref } from '../links.ts';
import type { ErrorPageProps } from '../props.ts';

export function ErrorPage({ shell, status, code, sentence, remedy, actionHref, actionText }: ErrorPageProps) {
  const body = (
    <EmptyState icon="alert" title={sentence}>
      <p>{remedy}</p>
      <p class="empty-actions">
        <a class="button primary" href={(actionHref && safeHref(actionHref)) || (shell ? '/insights' : '/sign-in')}>
          {actionText ?? (shell ? 'Back to insights' : 'Sign in')}
        </a>
      </p>
      <p class="sub error-code">
        {status} · {code}
      </p>
    </EmptyState>
  );
  return shell ? (
    <Page shell={shell} title={sentence}>
      <div class="card">{body}</div>
    </Page>
  ) : (
    <PublicPage shell={null} title={sentence}>
      {body}
    </PublicPage>
  );
}
