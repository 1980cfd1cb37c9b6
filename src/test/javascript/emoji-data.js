/**
 * A list of three emoji for modules that import `emoji-data`, which the build creates: Node.js finds no module by its
 * name here.
 */
import { register } from "node:module";

const LIST = [
  "\tSmileys & Emotion",
  "❤️\t\t0.6\tred heart\theart red_heart\tlove",
  "💙\t\t0.6\tblue heart\tblue_heart\tlove",
  "\tActivities",
  "🎉\t\t0.6\tparty popper\ttada party_popper\tcelebrate",
].join("\n");

const module = `data:text/javascript,${encodeURIComponent(`export default ${JSON.stringify(LIST)}`)}`;
const hooks = `export const resolve = (name, context, next) =>
  name === "emoji-data" ? { url: ${JSON.stringify(module)}, shortCircuit: true } : next(name, context);`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
