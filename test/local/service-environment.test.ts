import assert from 'node:assert/strict';
import { oauthCallback } from '../../src/api/routes/settings/oauth-callback.ts';
import { ConfigError, loadConfig } from '../../src/config.ts';
import {
  appEnvironment,
  OAUTH_CALLBACK_PATH,
  sandboxEnvironment,
  temporaryEnvironment,
} from '../../src/local/service-environment.ts';

const secrets = {
  ENCRYPTION_KEYS: `local:${Buffer.alloc(32).toString('base64')}`,
  SESSION_SECRET: 's'.repeat(43),
  SANDBOX_APP_SECRET: 'app-secret',
  SANDBOX_DOCS_API_KEY: 'docs-key',
};
const addresses = {
  publicUrl: 'http://127.0.0.1:3007',
  host: '127.0.0.1',
  port: 3007,
  sandboxUrl: 'http://127.0.0.1:3100',
  temporalAddress: '127.0.0.1:7233',
  temporalUiUrl: 'http://127.0.0.1:8233',
  mongodbUri: 'mongodb://127.0.0.1:27017/helpscout-insights',
};

describe('the settings of services', () => {
  it('send people from the sandbox back to where the web app really is', () => {
    const sandbox = { dataDir: '/data', port: 3100, publicUrl: addresses.publicUrl, corpus: undefined };
    const { SANDBOX_REDIRECT_URL } = sandboxEnvironment({}, sandbox, secrets);
    assert.equal(SANDBOX_REDIRECT_URL, 'http://127.0.0.1:3007/oauth/helpscout/callback');
    assert.equal(OAUTH_CALLBACK_PATH, oauthCallback.path);
  });

  it('are a complete configuration of the web app, with the sandbox as Help Scout', () => {
    const config = loadConfig(appEnvironment({ HELPSCOUT_APP_ID: 'real-app' }, addresses, secrets));
    assert.equal(config.helpScout.apiUrl, addresses.sandboxUrl);
    assert.notEqual(config.helpScout.appId, 'real-app');
    assert.equal(config.publicUrl, addresses.publicUrl);
  });

  it('keep secrets that the environment brings', () => {
    const brought = { SESSION_SECRET: 'b'.repeat(40), ENCRYPTION_KEYS: 'mine:key' };
    const { SESSION_SECRET, ENCRYPTION_KEYS } = appEnvironment(brought, addresses, secrets);
    assert.deepEqual({ SESSION_SECRET, ENCRYPTION_KEYS }, brought);
  });

  it('of a temporary stack touch no real installation', () => {
    const real = {
      MONGODB_URI: 'mongodb://db',
      HELPSCOUT_APP_SECRET: 'x',
      PORT: '80',
      PATH: '/bin',
      LOG_LEVEL: 'warn',
    };
    assert.deepEqual(temporaryEnvironment(real), { PATH: '/bin', LOG_LEVEL: 'warn' });
  });

  it('that are wrong are named, with what they should be and never their value', () => {
    const wrong = { ...appEnvironment({}, addresses, secrets), PORT: 'eighty', SESSION_SECRET: 'too-short' };
    assert.throws(
      () => loadConfig(wrong),
      (error: Error) =>
        error instanceof ConfigError &&
        /PORT:.*\n.*SESSION_SECRET:/s.test(error.message) &&
        !/eighty|too-short/.test(error.message),
    );
  });
});
