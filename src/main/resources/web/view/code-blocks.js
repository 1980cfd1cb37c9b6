import { CodeColours } from "./code-colours.js";
import { say } from "../words/en/room.js";

/** Names of languages without colours, for which the worker is not loaded. */
const PLAIN = new Set(["text", "txt", "plain", "plaintext", "none"]);
const COPIED_MS = 2_000;
const COPY_KEYS = "Ctrl+C";

const colours = new CodeColours();

/** Gives the code blocks of a drawn message their buttons and colours. @param {Element} text */
export function dressCode(text) {
  text.querySelectorAll(".code").forEach((block) => {
    const code = block.querySelector("code");
    if (code && !block.querySelector(".copy-code")) {
      const said = document.createElement("span");
      said.className = "unseen";
      said.setAttribute("role", "status");
      block.append(copyButton(code, said), said);
      colour(code);
    }
  });
}

/**
 * The copy button. Its label is an attribute, so that it is not part of the message's text.
 *
 * @param {Element} code
 * @param {Element} said for screen readers
 */
function copyButton(code, said) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-code";
  button.dataset.testid = "copy-code";
  button.setAttribute("aria-label", say("copyCode"));
  button.dataset.sign = say("copy");
  button.addEventListener("click", async () => {
    const text = (code.textContent ?? "").replace(/\n$/, "");
    const isCopied = await copied(text, code);
    button.dataset.sign = isCopied ? say("copied") : say("pressCopy", { keys: COPY_KEYS });
    said.textContent = isCopied ? say("codeCopied") : say("codeSelected", { keys: COPY_KEYS });
    setTimeout(() => {
      button.dataset.sign = say("copy");
      said.textContent = "";
    }, COPIED_MS);
  });
  return button;
}

/**
 * Copies the code. Browsers have a clipboard only in secure contexts; elsewhere the selection is copied, and stays if
 * that fails.
 *
 * @param {string} text
 * @param {Element} code
 */
async function copied(text, code) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const selection = /** @type {Selection} */ (getSelection());
    selection.selectAllChildren(code);
    const isCopied = document.execCommand("copy");
    if (isCopied) {
      selection.removeAllRanges();
    }
    return isCopied;
  }
}

/** @param {Element} code */
function colour(code) {
  const [, name] = /\blanguage-(\S+)/.exec(code.className) ?? [];
  const language = name?.toLowerCase();
  if (language === undefined || PLAIN.has(language)) {
    return;
  }
  const text = code.textContent ?? "";
  const known = colours.known(text, language);
  if (known === undefined) {
    void colours.pieces(text, language).then((pieces) => paint(code, text, pieces));
  } else {
    paint(code, text, known);
  }
}

/**
 * Colours the text, unless the message was redrawn meanwhile, or its code contains marks of mentions or search.
 *
 * @param {Element} code
 * @param {string} text
 * @param {import("./code-pieces.js").Pieces | null} pieces
 */
function paint(code, text, pieces) {
  if (pieces === null || !code.isConnected || code.children.length > 0 || code.textContent !== text) {
    return;
  }
  code.replaceChildren(
    ...pieces.map(([piece, kind]) => {
      if (kind === null) {
        return piece;
      }
      const span = document.createElement("span");
      span.className = `code-${kind}`;
      span.textContent = piece;
      return span;
    }),
  );
}
