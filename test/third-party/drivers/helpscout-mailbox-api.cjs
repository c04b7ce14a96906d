/**
 * Drives helpscout-mailbox-api. Its base URL is a request option; the token endpoint's address is fixed, so axios swaps
 * the origin there.
 */

const HelpScout = require('helpscout-mailbox-api');
// The copy the client itself uses.
const axios = require(require.resolve('axios', { paths: [require.resolve('helpscout-mailbox-api')] }));
const { serve } = require('./serve.cjs');

const { SANDBOX_URL, APP_ID, APP_SECRET, FLOW } = process.env;

axios.interceptors.request.use((config) => ({
  ...config,
  url: config.url.replace('https://api.helpscout.net', SANDBOX_URL),
}));

const client = new HelpScout({ clientId: APP_ID, clientSecret: APP_SECRET, authenticationFlow: FLOW });
client.updateRequestOptions({ baseURL: `${SANDBOX_URL}/v2/` });
client.updateBottleneckOptions({ minTime: 0 });

const tokens = [];
client.on('tokens', (pair) => tokens.push(pair));
/** What the client told its owner to store since it was made. */
client.emittedTokens = () => tokens;

/** Answers of the API come as axios's response objects. */
const toJson = (value) => (value?.config ? { status: value.status, headers: value.headers, data: value.data } : value);

serve(client, toJson);
