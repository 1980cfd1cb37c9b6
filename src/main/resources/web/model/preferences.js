import { Model } from "./model.js";

const THEME = "parlance.theme";
const NOTIFY = "parlance.notify";

/** What a person has set for this browser. */
export class Preferences extends Model {
  #storage;

  constructor(storage) {
    super();
    this.#storage = storage;
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
    this.changed();
  }

  /** Whether what is seen is dark now, for whatever reason. */
  get dark() {
    return this.theme === "dark" || (this.theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
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
