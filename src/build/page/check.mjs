/**
 * Checks the format, the rules and the types of the page's JavaScript and CSS: `node check.mjs check TOOLS`; with `apply` it
 * repairs the format instead. TOOLS has what PageCheck.java unpacks. Exit code 1 when there is anything to change.
 */
import { spawn } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { eslintConfig } from "./eslint-config.mjs";
import { stylelintConfig } from "./stylelint-config.mjs";

const FOLDERS = [
  "src/build/page",
  "src/main/npm",
  "src/main/resources/reference",
  "src/main/resources/web",
  "src/main/types",
  "src/test/javascript",
];
const REPAIR = "mvn -B validate exec:exec@check-page -Dformat=apply";

/** Configurations of TypeScript: the page, its workers, and what Node.js runs, of which the linters need the types alone. */
const PROJECTS = ["tsconfig.json", "src/main/types/worker/tsconfig.json", "src/build/page/tsconfig.json"];
const TESTS = "src/build/page/tests.tsconfig.json";

const [, , mode, tools] = process.argv;
const libraries = resolve(tools, "libraries");
const requireLinter = createRequire(resolve(tools, "node_modules/"));

const files = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.(?:js|mjs|css|d\.ts)$/.test(file.name))
    .map((file) => join(file.parentPath, file.name)),
).sort();
const scripts = files.filter((file) => /\.m?js$/.test(file));
const styles = files.filter((file) => file.endsWith(".css"));

/** Files that are not in the project's format, after the repair if that is asked for. */
async function format() {
  const prettier = createRequire(`${libraries}/`)("./prettier/index.cjs");
  const found = [];
  for (const file of files) {
    const options = { ...(await prettier.resolveConfig(file)), filepath: file };
    const before = readFileSync(file, "utf8");
    const after = await prettier.format(before, options);
    if (after !== before && mode === "apply") {
      writeFileSync(file, after);
    } else if (after !== before) {
      found.push(`${file}: not formatted`);
    }
  }
  return found.length === 0
    ? []
    : [...found, `${found.length} of ${files.length} files are not in the project's format. Repair: ${REPAIR}`];
}

async function lintScripts() {
  const { loadESLint } = requireLinter("eslint");
  const ESLint = await loadESLint({ useFlatConfig: true });
  const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: eslintConfig(requireLinter, PROJECTS) });
  const results = await eslint.lintFiles(scripts);
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, column, message, ruleId }) => `${filePath}:${line}:${column}: ${message} (${ruleId})`),
  );
}

async function lintStyles() {
  const stylelint = requireLinter("stylelint");
  const { results } = await stylelint.lint({ files: styles, config: stylelintConfig });
  return results.flatMap(({ source, warnings, parseErrors }) =>
    [...warnings, ...parseErrors].map(({ line, column, text }) => `${source}:${line}:${column}: ${text}`),
  );
}

/** TypeScript's checker, in a process of its own, so that the linters run meanwhile. */
function checkTypes(project) {
  return new Promise((done, failed) => {
    const checker = spawn(process.execPath, [join(libraries, "typescript/lib/tsc.js"), "-p", project]);
    let written = "";
    checker.stdout.on("data", (text) => (written += text));
    checker.stderr.on("data", (text) => (written += text));
    checker.on("error", failed);
    checker.on("close", (code) => {
      const found = written.split("\n").filter((line) => line !== "");
      done(code === 0 || found.length > 0 ? found : [`TypeScript ended with code ${code}`]);
    });
  });
}

const checks = mode === "apply" ? [format()] : [...[...PROJECTS, TESTS].map(checkTypes), format(), lintScripts(), lintStyles()];
const found = (await Promise.all(checks)).flat();
found.forEach((line) => console.log(line));
process.exitCode = found.length === 0 ? 0 : 1;
