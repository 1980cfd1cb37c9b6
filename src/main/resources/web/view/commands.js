import { say } from "../words/en/find.js";
import { say as people } from "../words/en/people.js";
import { say as pins } from "../words/en/pins.js";
import { say as settings } from "../words/en/settings.js";
import { say as shell } from "../words/en/shell.js";

/**
 * What the switcher can open beside rooms and people.
 *
 * @returns {{key: string, icon: string, title: string, go: () => void}[]}
 */
export function commandsOf(chat) {
  const { current, preferences } = chat;
  const panel = (kind, icon, title) => ({ key: `panel-${kind}`, icon, title, go: () => chat.showPanel({ kind }) });
  const dialog = (kind, icon, title) => ({ key: `dialog-${kind}`, icon, title, go: () => chat.ask({ kind }) });
  const ofRoom = current
    ? [
        panel("search", "find", say("search")),
        panel("pins", "pin", pins("title")),
        ...(current.visibility === "direct" ? [] : [panel("members", "people", people("members")), panel("settings", "settings", settings("title"))]),
      ]
    : [];
  return [
    ...ofRoom,
    dialog("new-room", "plus", people("newRoom")),
    dialog("new-direct", "direct", people("writeTo")),
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
