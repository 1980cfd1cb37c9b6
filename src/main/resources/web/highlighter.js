/**
 * Worker that highlights code: off the main thread, where no text can block the page, and where it can be terminated.
 * It posts "ready" once, and then answers each `{code, language}` with pieces, or null.
 */
import library from "./library/highlight.js";
import { piecesOf } from "./view/code-pieces.js";

addEventListener("message", ({ data: { code, language } }) => postMessage(piecesOf(library, code, language)));
postMessage("ready");
