import type { Article } from '../docs/library.ts';
import { Page } from './layout.tsx';

/** A Docs article's public page, as plain text. */
export function ArticlePage({ article }: { article: Article }) {
  return (
    <Page title={article.name}>
      <p class="muted">Docs article {article.number}</p>
      <h1>{article.name}</h1>
      <p class="text">{article.text}</p>
    </Page>
  );
}

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <h1>Not found</h1>
      <p>
        There is nothing here. <a href="/">All conversations</a>
      </p>
    </Page>
  );
}
