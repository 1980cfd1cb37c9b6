import { CommandError } from "./command.js";
import { beginsQuotation, quotationAtStart, stripped } from "./quotation.js";
import { say } from "../../words/en/commands.js";

const BLANKS = /\p{White_Space}+/u;
const MAX_QUOTED_CHARS = 40;

/**
 * Parameters of a command, by name. They are read as in line mode, by `LineArguments` of the server:
 * `commands.test.mjs` compares the two.
 */
export class Words {
  #command;
  /** @type {Map<string, string>} */
  #values = new Map();

  /**
   * @param {import("./command.js").Command} command
   * @param {string} typed text after the command's name
   * @throws {CommandError} with the usage
   */
  constructor(command, typed) {
    this.#command = command;
    let left = stripped(typed);
    for (const parameter of command.parameters) {
      const word = this.#next(left, parameter);
      if (word.text !== "") {
        this.#values.set(parameter.name, word.text);
      } else if (!parameter.isOptional) {
        throw this.#missing(parameter.name);
      }
      left = word.left;
    }
    if (left !== "") {
      throw this.malformed(say("fewerWords", { command: command.name }));
    }
  }

  /** A required word, or the rest of the text unchanged. @param {string} name @returns {string} */
  text(name) {
    return this.#values.get(name) ?? "";
  }

  /** An optional word, or the rest of the text. @param {string} name @returns {string | undefined} */
  find(name) {
    return this.#values.get(name);
  }

  /** A password that takes the rest of the text, without double quotation marks around it. @param {string} name */
  unquoted(name) {
    const rest = this.text(name);
    const quotation = beginsQuotation(rest) ? quotationAtStart(rest) : null;
    return (quotation?.left === "" && quotation.quoted) || rest;
  }

  /**
   * A name that takes the rest of the text, without quotation marks around it; undefined when it is missing or blank.
   *
   * @param {string} name
   */
  findName(name) {
    const typed = this.find(name);
    const quotation = typed === undefined ? null : this.#quotation(name, typed);
    const found = quotation?.left === "" ? quotation.quoted : typed;
    return found === undefined || stripped(found) === "" ? undefined : found;
  }

  /** A required name. @param {string} name */
  name(name) {
    const found = this.findName(name);
    if (found === undefined) {
      throw this.#missing(name);
    }
    return found;
  }

  /** `USER`, with or without the sign before it, in any case. */
  user() {
    return this.text("USER").replace(/^@/, "").toLowerCase();
  }

  /** `ROOM`, with or without a #; undefined when it is missing. */
  room() {
    return this.find("ROOM")?.replace(/^#/, "");
  }

  /** `MESSAGE` as `12`, `#12` or `[12]`; null for `last`. @returns {number | null} */
  message() {
    const typed = this.text("MESSAGE");
    return typed.toLowerCase() === "last" ? null : this.#seq(typed);
  }

  /** A seq, if there is one. @param {string} name @returns {number | undefined} */
  seqOf(name) {
    const typed = this.find(name);
    return typed === undefined ? undefined : this.#seq(typed);
  }

  /** Error with the problem of the text and the usage of the command. @param {string} detail */
  malformed(detail) {
    return new CommandError(say("usage", { fault: detail, usage: this.#command.usage }));
  }

  /** @param {string} left @param {import("./command.js").Parameter} parameter */
  #next(left, parameter) {
    if (parameter.isRest) {
      return { text: left, left: "" };
    }
    const quotation = beginsQuotation(left) || !parameter.isPassword ? this.#quotation(parameter.name, left) : null;
    if (quotation) {
      return { text: quotation.quoted, left: quotation.left };
    }
    const [text] = left.split(BLANKS, 1);
    return { text, left: left.slice(text.length).replace(/^\p{White_Space}+/u, "") };
  }

  /** @param {string} name @param {string} typed */
  #quotation(name, typed) {
    const quotation = quotationAtStart(typed);
    if (!quotation && beginsQuotation(typed)) {
      throw this.malformed(say("notClosed", { word: name }));
    }
    return quotation;
  }

  /** @param {string} name */
  #missing(name) {
    return this.malformed(say("needs", { command: this.#command.name, word: name }));
  }

  /** @param {string} typed */
  #seq(typed) {
    const digits = typed.replace(/^\[(.*)]$/, "$1").replace(/^#/, "");
    if (!/^[0-9]{1,18}$/.test(digits)) {
      throw this.malformed(say("noNumber", { typed: shortened(typed) }));
    }
    return Number(digits);
  }
}

/** A typed text, shortened for an error message. @param {string} typed */
export function shortened(typed) {
  const chars = [...typed];
  return chars.length <= MAX_QUOTED_CHARS ? typed : `${chars.slice(0, MAX_QUOTED_CHARS).join("")}...`;
}
