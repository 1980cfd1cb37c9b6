import { useEffect } from "preact/hooks";
import { html } from "./html.js";
import { lazy } from "./lazy.js";

/** Delay of the load of the dialogs, which the first view does not need. */
const PREPARE_AFTER_MS = 5_000;

const openDialogs = () => import("./open-dialogs.js");
/** @param {{children: Page.Children}} properties */
const Failed = ({ children }) => html`<div class="menu popup">${children}</div>`;

const OpenDialogs = lazy(openDialogs, Failed);

/** The open dialog, and the emoji picker. @param {{chat: Page.Chat}} properties */
export function Dialogs({ chat }) {
  useEffect(() => {
    const prepare = () =>
      void openDialogs()
        .then((module) => module.prepare())
        .catch(() => {});
    const timer = setTimeout(prepare, PREPARE_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (chat.dialog || chat.picking) && html`<${OpenDialogs} chat=${chat} />`;
}
