import { html, useModels } from "./html.js";

const NOTES = {
  blocked:
    "This browser does not let the page store anything. After a reload you have to log in again, and what was not sent by then is lost.",
  full: "The browser’s storage for this page is full. What you write is kept until you close this tab.",
};

/** Says so when nothing that is kept would survive a reload. */
export function StorageNote({ storage }) {
  useModels(storage);
  const { trouble } = storage;
  return trouble && html`<p class="storage-note" role="status" data-testid="storage-note">${NOTES[trouble]}</p>`;
}
