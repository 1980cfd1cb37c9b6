/** The table of commands, once it is loaded. @type {typeof import("../model/commands/commands.js") | null} */
/** @type {typeof import("../model/commands/commands.js") | null} */
let table = null;

/** Loads the table when the user types a slash. */
export async function loadCommands() {
  table ??= await import("../model/commands/commands.js");
  return table;
}

/** True for the name of a loaded command that takes no password. @param {string} name */
export const isHarmless = (name) => table?.isHarmless(name) ?? false;

/** Usage of the command in a text, once the table is loaded. @param {string} text */
export const usageIn = (text) => table?.usageIn(text) ?? null;
