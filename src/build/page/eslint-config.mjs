/**
 * Rules for the page's JavaScript. Each finds a mistake; none is about the format, which Prettier makes, and none about a name
 * that nobody declares or reads, which TypeScript's checker finds.
 *
 * @param {(name: string) => any} load loads a package of the linters
 * @param {string[]} projects configurations of TypeScript, for the rules that ask for types
 */
export function eslintConfig(load, projects) {
  const parser = load("@typescript-eslint/parser");
  const typescript = load("@typescript-eslint/eslint-plugin");
  const hooks = load("eslint-plugin-react-hooks");
  return [
    {
      files: ["**/*.js", "**/*.mjs"],
      languageOptions: {
        ecmaVersion: "latest",
        parser,
        // Made once: by itself the parser makes a program for each file that is in none.
        parserOptions: {
          programs: projects.map((project) => parser.createProgram(project)),
          warnOnUnsupportedTypeScriptVersion: false,
        },
      },
      linterOptions: { reportUnusedDisableDirectives: "error" },
      plugins: { hooks, typescript },
      rules: { ...MISTAKES, ...CLARITY, ...PROMISES, "hooks/rules-of-hooks": "error" },
    },
    {
      files: ["src/test/**"],
      rules: {
        // A test that reads the catalogue as an object.
        "no-new-func": "off",
        // Texts with the places of a template.
        "no-template-curly-in-string": "off",
        // Tests wait for a turn of the event loop.
        "typescript/await-thenable": "off",
        "typescript/no-base-to-string": "off",
        // Node.js awaits what `test` returns.
        "typescript/no-floating-promises": "off",
      },
    },
  ];
}

/** Code that does not what it seems to do. */
const MISTAKES = {
  "array-callback-return": "error",
  "constructor-super": "error",
  "for-direction": "error",
  "getter-return": "error",
  "no-async-promise-executor": "error",
  "no-class-assign": "error",
  "no-compare-neg-zero": "error",
  "no-cond-assign": "error",
  "no-const-assign": "error",
  "no-constant-binary-expression": "error",
  "no-constructor-return": "error",
  "no-debugger": "error",
  "no-dupe-args": "error",
  "no-dupe-class-members": "error",
  "no-dupe-else-if": "error",
  "no-dupe-keys": "error",
  "no-duplicate-case": "error",
  "no-duplicate-imports": "error",
  "no-empty-character-class": "error",
  "no-ex-assign": "error",
  "no-fallthrough": "error",
  "no-func-assign": "error",
  "no-import-assign": "error",
  "no-invalid-regexp": "error",
  "no-irregular-whitespace": "error",
  "no-loss-of-precision": "error",
  "no-self-assign": "error",
  "no-self-compare": "error",
  "no-setter-return": "error",
  "no-shadow-restricted-names": "error",
  "no-sparse-arrays": "error",
  "no-template-curly-in-string": "error",
  "no-this-before-super": "error",
  "no-unreachable": "error",
  "no-unreachable-loop": "error",
  "no-unsafe-finally": "error",
  "no-unsafe-negation": "error",
  "no-unsafe-optional-chaining": "error",
  "no-unused-private-class-members": "error",
  "no-useless-backreference": "error",
  "typescript/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description", minimumDescriptionLength: 5 }],
  "typescript/no-base-to-string": "error",
  "use-isnan": "error",
  "valid-typeof": "error",
};

/** One way to say a thing, the one without surprises; and nothing that makes code of a text. */
const CLARITY = {
  curly: "error",
  "default-case-last": "error",
  eqeqeq: "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-new-wrappers": "error",
  "no-script-url": "error",
  "no-throw-literal": "error",
  "no-useless-catch": "error",
  "no-useless-escape": "error",
  "no-useless-rename": "error",
  "no-useless-return": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": "error",
};

/** A promise is awaited, returned, or dropped with `void`, which says that its failure is handled elsewhere. */
const PROMISES = {
  "typescript/await-thenable": "error",
  "typescript/no-floating-promises": "error",
  "typescript/no-for-in-array": "error",
  "typescript/no-misused-promises": ["error", { checksVoidReturn: false }],
};
