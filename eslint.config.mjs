import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const systemClock = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Time is passed in: take it from the Clock.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time is passed in: take it from the Clock.',
  },
];

const browserGlobals = Object.fromEntries(
  [
    'window document navigator location history localStorage sessionStorage fetch console URL URLSearchParams FormData',
    'Event CustomEvent HTMLElement HTMLFormElement HTMLInputElement MutationObserver IntersectionObserver AbortController',
    'setTimeout clearTimeout setInterval clearInterval requestAnimationFrame matchMedia performance Intl htmx caches self',
    'AbortSignal Response',
    'DOMParser Node Element NodeFilter crypto TextEncoder BroadcastChannel structuredClone queueMicrotask',
  ]
    .join(' ')
    .split(' ')
    .map((name) => [name, 'readonly']),
);

const nodeGlobals = Object.fromEntries(
  ['process', 'console', 'URL', 'setTimeout', 'clearTimeout', 'fetch', 'Buffer', 'performance', 'globalThis'].map(
    (name) => [name, 'readonly'],
  ),
);

const everywhere = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  curly: ['error', 'multi-line', 'consistent'],
  'no-var': 'error',
  'prefer-const': 'error',
  'object-shorthand': 'error',
  'no-else-return': 'error',
  'no-param-reassign': 'error',
};

export default tseslint.config(
  {
    ignores: ['dist/', 'node_modules/', 'coverage/', '.data/', '.tmp/', 'public/assets/', 'public/vendor/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked, tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...everywhere,
      'max-params': ['error', { max: 6 }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read by src/infra/config alone.' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // Decorator metadata needs the value of a class that a constructor takes.
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Nest's modules are classes without members.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // A constructor that only takes its collaborators has an empty body.
      '@typescript-eslint/no-empty-function': ['error', { allow: ['constructors', 'decoratedFunctions'] }],
      // Interfaces of Nest and Express ask for promises where nothing is awaited.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Neither can tell a function in an interface from a method, or a mixed list from a mistake.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/await-thenable': 'off',
      // Indexing after a check of the length.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'src/infra/**'],
    rules: { 'no-restricted-syntax': ['error', ...systemClock] },
  },
  {
    files: ['src/infra/config/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts', '**/*.spec.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // JSON bodies and query rows come as `any` there; what they hold is what the test asserts.
    files: ['test/**/*.ts', '**/*.spec.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    extends: [js.configs.recommended],
    languageOptions: { globals: nodeGlobals },
    rules: everywhere,
  },
  {
    files: ['public/scripts/**/*.js'],
    extends: [js.configs.recommended],
    languageOptions: { globals: browserGlobals },
    rules: { ...everywhere, 'no-console': 'error' },
  },
);
