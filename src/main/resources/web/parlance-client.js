/** The client library, see parlance-client/client.js. */
export * from "./parlance-client/index.js";
