import { TableHead } from '../../components/table.tsx';
import { API_KEYS_PATH, INSIGHTS_PATH } from '../../links.ts';

/** GET /api/v1/docs. */
export interface ApiDocsPageProps {
  organizationName: string;
  csrfToken: string;
  /** Address of the OpenAPI document. */
  documentUrl: string;
  /** Whether the reader may make keys. */
  mayManageKeys: boolean;
  /** What common problems mean; each problem's `type` leads to its row. */
  problems: readonly { code: string; status: number; sentence: string; remedy: string }[];
}

/**
 * The API's document, drawn by Swagger UI from its own files. It brings a style sheet for bare pages, so this page
 * leaves the product's out.
 */
export function ApiDocsPage({ organizationName, csrfToken, documentUrl, mayManageKeys, problems }: ApiDocsPageProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`API · ${organizationName}`}</title>
        <link rel="icon" type="image/svg+xml" href="/static/icon.svg" />
        <link rel="stylesheet" href="/static/swagger-ui.css" />
        <link rel="stylesheet" href="/static/api.css" />
        <script src="/static/swagger-ui.js" defer />
        <script src="/static/api-docs.js" defer />
      </head>
      <body class="api-docs-page">
        <header class="api-docs-head">
          <a href={INSIGHTS_PATH}>{`Back to ${organizationName}`}</a>
          {mayManageKeys && <a href={API_KEYS_PATH}>API keys</a>}
          <a href={documentUrl}>OpenAPI document</a>
        </header>
        <main>
          <div id="api-docs" data-document={documentUrl} data-csrf={csrfToken}>
            <p class="api-docs-wait">
              The description of the API is being drawn. Without script it can be read as{' '}
              <a href={documentUrl}>OpenAPI document</a>.
            </p>
          </div>
          <section class="api-problems" aria-labelledby="problems">
            <h2 id="problems">Problems</h2>
            <p>What any endpoint may answer; those of single endpoints stand with them.</p>
            <table>
              <TableHead columns={['Code', 'Status', 'What it means, and what to do']} />
              <tbody>
                {problems.map(({ code, status, sentence, remedy }) => (
                  <tr key={code} id={`problem-${code}`}>
                    <td>
                      <code>{code}</code>
                    </td>
                    <td>{status}</td>
                    <td>{`${sentence} ${remedy}`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </main>
      </body>
    </html>
  );
}
