/** Drives helpscout-docs. Its address is in its api.json, which it reads at each call. */

const { promisify } = require('node:util');
const api = require('helpscout-docs/api.json');
const HelpScoutDocs = require('helpscout-docs');
const { serve } = require('./serve.cjs');

api.domain = `${process.env.SANDBOX_URL}/`;
const client = new HelpScoutDocs(process.env.DOCS_API_KEY);

/** Its methods take callbacks, and call back with the bare text of an error. */
const withPromises = Object.fromEntries(
  Object.entries(client).map(([section, methods]) => [
    section,
    Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [
        name,
        (data = {}) =>
          promisify(method)(data).catch((error) => {
            throw error instanceof Error ? error : new Error(String(error));
          }),
      ]),
    ),
  ]),
);

serve(withPromises);
