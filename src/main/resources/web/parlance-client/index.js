export { ParlanceClient } from "./client.js";
export { ParlanceError } from "./errors.js";
export { DEFAULTS } from "./settings.js";
