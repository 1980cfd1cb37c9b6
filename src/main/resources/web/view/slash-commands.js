/** The table of commands, once it is loaded. @type {typeof import("../model/commands/commands.js") | null} */
/** @type {typeof import("../model/commands/commands.js") | null} */
let table = null;

/** Loads the table when somebody types a slash. */
export async function loadCommands() {
  table ??= await import("../model/commands/commands.js");
  return table;
}

/** Whether a name is known to be that of a command without a password. @param {string} name */
export const isHarmless = (name) => table?.isHarmless(name) ?? false;

/** Usage of the command that a text calls, as far as the table is loaded. @param {string} text */
export const usageIn = (text) => table?.usageIn(text) ?? null;
