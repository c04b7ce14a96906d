import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * What each folder of src may import from the others, as path prefixes below src; its own files always. Only a
 * `main.ts`, src/local and the tests see everything.
 */
const MAY_IMPORT = {
  domain: [],
  helpscout: ['domain'],
  classify: ['domain', 'docs-search'],
  'docs-search': ['domain', 'patterns'],
  patterns: ['domain'],
  security: ['domain'],
  telemetry: ['domain'],
  notify: ['domain'],
  storage: ['domain', 'patterns'],
  workflows: ['domain'],
  activities: [
    'domain',
    'helpscout',
    'notify',
    'classify',
    'docs-search',
    'patterns',
    'security',
    'storage',
    'telemetry',
    'workflows',
    'config.ts',
  ],
  ui: ['domain'],
  api: [
    'domain',
    'storage',
    'ui',
    'security',
    'telemetry',
    'helpscout/webhook-signature.ts',
    'helpscout/endpoints.ts',
    'helpscout/oauth.ts',
    'notify/network-address.ts',
    'workflows/contract.ts',
    'activities/scan-estimate.ts',
    'classify/prices.ts',
    'classify/insight-differences.ts',
    'config.ts',
  ],
  worker: ['telemetry', 'workflows/contract.ts', 'config.ts'],
  sandbox: ['domain'],
};
/** Types vanish before anything runs: a workflow may know what an activity looks like. */
const MAY_IMPORT_TYPES = { workflows: ['activities'], worker: ['activities'] };

const FOLDERS = [...Object.keys(MAY_IMPORT), 'local', 'config.ts'];

const literal = (path) => path.replaceAll('.', '\\.');
/** Matches `../<other>` at any depth, except what the folder may import. */
function forbidden(folder, allowed) {
  const others = FOLDERS.filter((other) => other !== folder && !allowed.includes(other)).map(literal);
  const files = allowed.filter((path) => path.includes('/')).map((path) => `(?!${literal(path)}$)`);
  return `^(?:\\.{1,2}/)*\\.\\./${files.join('')}(?:${others.join('|')})(?:/|$)`;
}

/** Typed files that must run in Temporal's sandbox know nothing of the machine they run on. */
const NODE_BUILT_INS = {
  regex:
    '^(node:|(assert|buffer|child_process|crypto|dns|events|fs|http|https|net|os|path|process|stream|timers|tls|url|util|worker_threads|zlib)(/|$))',
  message: 'Workflow code is replayed: no Node built-ins.',
};

const direction = Object.entries(MAY_IMPORT).map(([folder, allowed]) => {
  const types = MAY_IMPORT_TYPES[folder] ?? [];
  const message = `src/${folder} may import ${allowed.length > 0 ? allowed.join(', ') : 'its own files'} only.`;
  const patterns = [{ regex: forbidden(folder, [...allowed, ...types]), message }];
  if (types.length > 0) {
    patterns.push({
      regex: `^(?:\\.{1,2}/)*\\.\\./(?:${types.map(literal).join('|')})(?:/|$)`,
      allowTypeImports: true,
      message: `src/${folder} may import types of ${types.join(', ')} only.`,
    });
  }
  if (folder === 'workflows') patterns.push(NODE_BUILT_INS);
  if (folder === 'domain') patterns.push({ regex: '^(?!zod$|\\.)', message: 'src/domain imports zod at most.' });
  return {
    files: [`src/${folder}/**/*.{ts,tsx}`],
    ignores: [`src/${folder}/main.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
});

// Only what Biome cannot do: rules that need types, and the directions of imports.
export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'coverage', '.local', '.data', 'src/ui/static'] },
  {
    files: ['{src,test,bench,test-long}/**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      'import-x/resolver-next': [createTypeScriptImportResolver()],
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      'import-x/no-cycle': 'error',
    },
  },
  ...direction,
);
