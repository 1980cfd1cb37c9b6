export { ParlanceClient } from "./client.js";
export { ParlanceError } from "./errors.js";
export { MAX_PAGE } from "./protocol.js";
export { DEFAULTS } from "./settings.js";
export { FallbackStorage } from "./storage.js";
