import { html } from "./html.js";
import { Dialog } from "./dialog.js";
import { excerpt } from "./quote.js";
import { lazy } from "./lazy.js";
import { PickerPlace } from "./picker-place.js";
import { loadStyle } from "./style-sheet.js";
import { loadFailureTexts } from "../model/failure-text.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/dialogs.js";

const account = () => import("./account-dialog.js");
/** The chunk of the lists of messages, since this dialog shows messages. */
const openRoom = () => import("./open-room.js");

/** @param {{close: () => void, children: Page.Children}} properties */
const Failed = ({ close, children }) =>
  html`<${Dialog} title=${say("notLoaded")} testid="failed-dialog" close=${close}>${children}<//>`;
/** @param {{children: Page.Children}} properties */
const FailedPicker = ({ children }) => html`<div class="emoji-picker">${children}</div>`;

/** @type {Record<string, import("preact").ComponentType<any>>} */
const DIALOGS = {
  account: lazy(account, Failed),
  administration: lazy(
    () => Promise.all([import("./administration-dialog.js"), loadStyle("/style/administration.css")]).then(([module]) => module),
    Failed,
  ),
  delete: DeleteDialog,
  confirm: ConfirmDialog,
  find: lazy(() => import("./find-dialog.js"), Failed),
  "new-direct": lazy(() => import("./new-direct-dialog.js"), Failed),
  "new-room": lazy(() => import("./new-room-dialog.js"), Failed),
  date: lazy(() => import("./date-dialog.js"), Failed),
  poll: lazy(() => import("./poll-dialog.js"), Failed),
  saved: lazy(() => openRoom().then(({ loadSaved }) => loadSaved()), Failed),
  threads: lazy(() => import("./threads-dialog.js"), Failed),
  shortcuts: lazy(() => import("./keyboard.js").then(({ loadHelp }) => loadHelp()), Failed),
};
const EmojiPicker = lazy(() => import("./emoji-picker.js"), FailedPicker);

/** Loads the account dialog early, so that a user without a connection can log out, and the words for failures. */
export const prepare = () => Promise.all([account(), loadFailureTexts()]);

/** The open dialog, and the emoji picker. @param {{chat: Page.Chat}} properties */
export default function OpenDialogs({ chat }) {
  const { dialog, picking } = chat;
  return html`
    ${dialog && html`<${DIALOGS[dialog.kind]} chat=${chat} ...${dialog} close=${() => chat.closeDialog()} />`}
    ${picking && html`<${Picker} chat=${chat} picking=${picking} />`}
  `;
}

/** @param {{chat: Page.Chat, room: string, message: Page.Message, close: () => void}} properties */
function DeleteDialog({ chat, room, message, close }) {
  return html`<${ConfirmDialog}
    title=${say("deleteTitle")}
    text=${say("deleteText", { text: excerpt(message) })}
    action=${say("delete")}
    act=${() => chat.writing.remove(room, message)}
    close=${close}
  />`;
}

/**
 * Confirmation of an action that cannot be undone.
 *
 * @param {{title: string, text: string, action: string, act: () => void, close: () => void}} properties
 */
function ConfirmDialog({ title, text, action, act, close }) {
  return html`<${Dialog} title=${title} testid="confirm-dialog" close=${close}>
    <p>${text}</p>
    <div class="row">
      <button class="secondary" autofocus onClick=${close}>${common("cancel")}</button>
      <button
        class="primary danger"
        data-testid="confirm"
        onClick=${() => {
          close();
          act();
        }}
      >
        ${action}
      </button>
    </div>
  <//>`;
}

/**
 * The emoji picker, beside its opener.
 *
 * @param {{chat: Page.Chat, picking: NonNullable<Page.Chat["picking"]>}} properties
 */
function Picker({ chat, picking }) {
  return html`<${PickerPlace} label=${say("chooseEmoji")} picking=${picking} close=${() => chat.stopPicking()}>
    ${(/** @type {() => void} */ close) => html`<${EmojiPicker}
      chat=${chat}
      close=${close}
      pick=${(/** @type {string} */ emoji) => {
        close();
        picking.picked(emoji);
      }}
    />`}
  <//>`;
}
