import { html, useModels } from "./html.js";

const NOTES = {
  blocked: "This browser does not let the page store anything: you have to log in again after a reload.",
  full: "The browser’s storage for this page is full: you may have to log in again after a reload.",
};

/** Says so when the session would not survive a reload. */
export function SessionNote({ storage }) {
  useModels(storage);
  const { trouble } = storage;
  return trouble && html`<p class="session-note" role="status" data-testid="session-note">${NOTES[trouble]}</p>`;
}
