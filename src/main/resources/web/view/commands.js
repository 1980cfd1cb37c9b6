import { mayPost } from "../model/rights.js";
import { say } from "../words/en/find.js";
import { say as shell } from "../words/en/shell.js";

/**
 * Parts of the page that the quick switcher can open, besides rooms and people.
 *
 * @returns {{key: string, icon: string, title: string, go: () => void}[]}
 * @param {Page.Chat} chat
 */
export function commandsOf(chat) {
  const { current, preferences } = chat;
  /** @param {Page.Panel["kind"]} kind @param {string} icon @param {string} title */
  const panel = (kind, icon, title) => ({ key: `panel-${kind}`, icon, title, go: () => chat.showPanel({ kind }) });
  /** @param {string} kind @param {string} icon @param {string} title */
  const dialog = (kind, icon, title) => ({ key: `dialog-${kind}`, icon, title, go: () => chat.ask({ kind }) });
  const ofRoom = current
    ? [
        panel("search", "find", say("search")),
        panel("pins", "pin", say("pins")),
        ...(mayPost(current) ? [dialog("poll", "sort", say("newPoll"))] : []),
        ...(current.visibility === "direct"
          ? []
          : [panel("members", "people", say("members")), panel("settings", "settings", say("settings"))]),
      ]
    : [];
  return [
    ...ofRoom,
    dialog("new-room", "plus", shell("newRoom")),
    dialog("new-direct", "direct", shell("writeTo")),
    dialog("account", "settings", shell("account")),
    dialog("shortcuts", "help", shell("shortcuts")),
    {
      key: "theme",
      icon: preferences.dark ? "sun" : "moon",
      title: preferences.dark ? shell("toLight") : shell("toDark"),
      go: () => (preferences.theme = preferences.dark ? "light" : "dark"),
    },
    { key: "log-out", icon: "leave", title: say("logOut"), go: () => chat.logOut() },
  ];
}
