/**
 * Worker that finds the kinds of the words of code: off the main thread, where no text can stop the page, and where it can be
 * ended. It says "ready" once, and then answers each `{code, language}` with pieces, or null.
 */
import library from "./library/highlight.js";
import { piecesOf } from "./view/code-pieces.js";

addEventListener("message", ({ data: { code, language } }) => postMessage(piecesOf(library, code, language)));
postMessage("ready");
