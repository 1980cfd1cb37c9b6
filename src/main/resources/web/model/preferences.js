import { Model } from "./model.js";

const THEME = "parlance.theme";
const NOTIFY = "parlance.notify";
const FORMATTING = "parlance.formatting";
const DARK = "(prefers-color-scheme: dark)";

/** Preferences of the user for this browser. */
export class Preferences extends Model {
  #storage;

  /** @param {import("../parlance-client/storage.js").TextStorage} storage */
  constructor(storage) {
    super();
    this.#storage = storage;
    matchMedia(DARK).addEventListener("change", () => this.#themed());
    this.#themed();
  }

  /** @returns {"light" | "dark" | "system"} */
  get theme() {
    return /** @type {"light" | "dark" | undefined} */ (document.documentElement.dataset.theme) ?? "system";
  }

  set theme(theme) {
    if (theme === "system") {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
    this.#storage.setItem(THEME, theme);
    this.#themed();
  }

  /** True when the page is dark now, for whatever reason. */
  get dark() {
    return this.theme === "dark" || (this.theme === "system" && matchMedia(DARK).matches);
  }

  /** Applies the theme to the browser's own bars: the user's theme may differ from the system's. */
  #themed() {
    const { backgroundColor } = getComputedStyle(document.body);
    document.querySelectorAll("meta[name=theme-color]").forEach((meta) => meta.setAttribute("content", backgroundColor));
    this.changed();
  }

  /** True when the formatting bar is shown; without a choice, on all screens except touch screens. */
  get formatting() {
    const chosen = this.#storage.getItem(FORMATTING);
    return chosen === null ? matchMedia("(hover: hover)").matches : chosen === "shown";
  }

  set formatting(isShown) {
    this.#storage.setItem(FORMATTING, isShown ? "shown" : "hidden");
    this.changed();
  }

  get notify() {
    return this.#storage.getItem(NOTIFY) === "yes" && globalThis.Notification?.permission === "granted";
  }

  /** Switches desktop notifications; the browser asks the user for its permission. @param {boolean} wanted */
  async setNotify(wanted) {
    if (wanted && globalThis.Notification) {
      await Notification.requestPermission();
    }
    this.#storage.setItem(NOTIFY, wanted ? "yes" : "no");
    this.changed();
  }
}
