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
        panel("search", "find", "Search the messages"),
        panel("pins", "pin", "Pinned messages"),
        ...(current.visibility === "direct" ? [] : [panel("members", "people", "Members"), panel("settings", "settings", "Room settings")]),
      ]
    : [];
  return [
    ...ofRoom,
    dialog("new-room", "plus", "New room"),
    dialog("new-direct", "direct", "Write to somebody"),
    dialog("account", "settings", "Your account"),
    dialog("shortcuts", "help", "Keyboard shortcuts"),
    {
      key: "theme",
      icon: preferences.dark ? "sun" : "moon",
      title: preferences.dark ? "Switch to light" : "Switch to dark",
      go: () => (preferences.theme = preferences.dark ? "light" : "dark"),
    },
    { key: "log-out", icon: "leave", title: "Log out", go: () => chat.logOut() },
  ];
}
