import { Model } from "./model.js";

const THEME = "parlance.theme";
const NOTIFY = "parlance.notify";
const FORMATTING = "parlance.formatting";
const DARK = "(prefers-color-scheme: dark)";

/** What a person has set for this browser. */
export class Preferences extends Model {
  #storage;

  constructor(storage) {
    super();
    this.#storage = storage;
    matchMedia(DARK).addEventListener("change", () => this.#themed());
    this.#themed();
  }

  /** @returns {"light" | "dark" | "system"} */
  get theme() {
    return document.documentElement.dataset.theme ?? "system";
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

  /** Whether what is seen is dark now, for whatever reason. */
  get dark() {
    return this.theme === "dark" || (this.theme === "system" && matchMedia(DARK).matches);
  }

  /** The browser's own bars have the colour of the page: the theme that a person has set may not be the system's. */
  #themed() {
    const { backgroundColor } = getComputedStyle(document.body);
    document.querySelectorAll("meta[name=theme-color]").forEach((meta) => meta.setAttribute("content", backgroundColor));
    this.changed();
  }

  /** True when the formatting bar is shown; where nothing was chosen, on all screens but those that are touched. */
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

  /** Asks the browser too, which asks the person. */
  async setNotify(wanted) {
    if (wanted && globalThis.Notification) {
      await Notification.requestPermission();
    }
    this.#storage.setItem(NOTIFY, wanted ? "yes" : "no");
    this.changed();
  }
}
