import { html } from "./html.js";
import { CommandsList } from "./commands-list.js";
import { Dialog } from "./dialog.js";
import { FORMATS } from "./formats.js";
import { keysOf } from "./format-bar.js";
import { say as room } from "../words/en/room.js";
import { say } from "../words/en/keys.js";

/** All keys with what they do, by the places where they do it. */
const shortcuts = () => [
  [say("anywhere"), [
    ["Ctrl+K", say("find")],
    ["Ctrl+Shift+F", say("search")],
    ["Alt+↑ / Alt+↓", say("neighbour")],
    ["Alt+Shift+↑ / ↓", say("unread")],
    ["Escape", say("escape")],
    ["?", say("help")],
  ]],
  [say("list"), [
    ["↑ / ↓", say("neighbour")],
    ["Shift+F10", say("roomMenu")],
  ]],
  [say("searching"), [
    ["↑ / ↓", say("hit")],
    ["Enter", say("goToHit")],
    ["Backspace", say("lastFilter")],
  ]],
  [say("writing"), [
    ["Enter", say("enter")],
    ["Ctrl+Enter", say("send")],
    ["Shift+Enter", say("newLine")],
    [say("atAndColon", { one: "@", other: ":" }), say("complete")],
    ["/", say("slash")],
    [say("upInEmpty", { key: "↑" }), say("editLast")],
    ["Shift+Tab", say("toMessages")],
  ]],
  [say("message"), [
    ["↑ / ↓", say("nextMessage")],
    ["R", say("reply")],
    ["+", say("react")],
    ["T", say("thread")],
    ["E", say("edit")],
    ["P", say("pin")],
    ["U", say("markUnread")],
    ["S", say("save")],
    ["C / L", say("copy")],
    ["Delete", say("delete")],
  ]],
  [say("formatting"), FORMATS.map((format) => [keysOf(format), room(`format_${format.name}`)])],
];

/** What the keyboard and the commands can do. @param {{close: () => void, part?: string}} props the part that was asked for */
export default function ShortcutsDialog({ close, part }) {
  return html`<${Dialog} title=${say("title")} testid="shortcuts-dialog" close=${close} wide>
    <div class="shortcuts">
      ${shortcuts().map(
        ([title, keys]) => html`<section key=${title}>
          <h3>${title}</h3>
          <dl>${keys.map(([key, what]) => html`<div key=${key}><dt><kbd dir="auto">${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
        </section>`,
      )}
    </div>
    <${CommandsList} isWanted=${part === "commands"} />
  <//>`;
}
