import { words } from "../words.js";

/** Words of several parts of the page. */
export const say = words("common", {
  again: "Try again",
  cancel: "Cancel",
  close: "Close",
  save: "Save",
  loading: "Loading …",
  partNotLoaded: "This part of the page could not be loaded.",
  partNotShown: "This part of the page could not be shown.",
  reloadPage: "Reload the page",
  reload: "Reload",
  later: "Later",
  newVersion: "A new version is there.",
  blocked: "This browser does not let the page store anything: you have to log in again after a reload.",
  full: "The browser’s storage for this page is full: you may have to log in again after a reload.",
});
