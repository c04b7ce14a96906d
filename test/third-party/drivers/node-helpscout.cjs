/** Drives node-helpscout, whose base URL is a constant: axios swaps the origin. */

const axios = require(require.resolve('axios', { paths: [require.resolve('node-helpscout')] }));
const HelpScoutClient = require('node-helpscout');
const { serve } = require('./serve.cjs');

const { SANDBOX_URL, APP_ID, APP_SECRET } = process.env;

axios.interceptors.request.use((config) => ({
  ...config,
  url: config.url.replace('https://api.helpscout.net', SANDBOX_URL),
}));

serve(new HelpScoutClient({ clientId: APP_ID, clientSecret: APP_SECRET }));
