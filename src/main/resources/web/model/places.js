/** Depths of the history's entries: the rooms, a conversation over them, a panel over that. */
const ROOMS = 0;
const TALK = 1;
const PANEL = 2;

/**
 * @typedef {object} PlacesListener
 * @property {() => void} follow the address is another one
 * @property {(panel: any) => void} panel the panel of the entry, null for none
 */

/**
 * Entries of the browser's history. On a phone, where one pane fills the screen, Back closes the panel, then the
 * conversation, and then leaves: the entries are the rooms, a conversation and a panel, whatever the user's path. Where
 * more panes fit, each place in a conversation has its entry, and panels have none.
 */
export class Places {
  #screen;
  #window;
  #listener;
  /** Depth of the entry before the address changed. */
  #depth = ROOMS;
  /** Action once the browser has gone back. @type {(() => void) | null} */
  #then = null;

  /** @param {{panes: number}} screen @param {Window} window @param {PlacesListener} listener */
  constructor(screen, window, listener) {
    this.#screen = screen;
    this.#window = window;
    this.#listener = listener;
  }

  /**
   * Inserts the rooms under the conversation of the page's first address. @returns {any} the panel that a reload has
   * left open
   */
  start() {
    this.#window.addEventListener("popstate", () => this.#popped());
    this.#window.addEventListener("hashchange", () => this.#moved());
    const { history, location } = this.#window;
    if (this.#isPhone && location.hash !== "" && history.state === null) {
      const place = location.hash;
      history.replaceState({ depth: ROOMS }, "", "/");
      history.pushState({ depth: TALK }, "", place);
    }
    this.#depth = this.#here;
    return history.state?.panel ?? null;
  }

  /** Goes to a room or message. @param {string} hash */
  go(hash) {
    if (this.#here === PANEL && this.#window.location.hash === "") {
      // A panel over the rooms: the conversation replaces its entry.
      this.#listener.panel(null);
      this.#replace({ depth: TALK }, hash);
    } else if (this.#here === PANEL) {
      this.#back(1, hash);
    } else if (this.#window.location.hash === hash) {
      this.#listener.follow();
    } else if (this.#isPhone && this.#here === TALK) {
      this.#replace({ depth: TALK }, hash);
    } else {
      this.#window.history.pushState(this.#isPhone ? { depth: TALK } : null, "", hash);
      this.#arrive();
    }
  }

  /** Goes to the rooms. */
  leave() {
    if (this.#isPhone && this.#window.history.state?.depth > ROOMS) {
      this.#window.history.go(-this.#here);
    } else {
      this.#replace({ depth: ROOMS }, "/");
    }
  }

  /** Shows a panel in place of another, or none. @param {any} panel */
  show(panel) {
    const { history } = this.#window;
    if (panel === null && this.#here === PANEL) {
      history.back();
    } else if (panel !== null && this.#here === PANEL) {
      history.replaceState({ depth: PANEL, panel }, "");
    } else if (panel !== null && this.#isPhone) {
      history.pushState({ depth: PANEL, panel }, "");
    }
    this.#depth = this.#here;
  }

  /** Changes the address of the present place. @param {string} address */
  rename(address) {
    this.#window.history.replaceState(this.#window.history.state, "", address);
  }

  get #isPhone() {
    return this.#screen.panes === 1;
  }

  get #here() {
    const { history, location } = this.#window;
    return history.state?.depth ?? (location.hash === "" ? ROOMS : TALK);
  }

  #popped() {
    const then = this.#then;
    this.#then = null;
    if (then) {
      then();
    } else if (this.#isPhone || this.#depth === PANEL || this.#here === PANEL) {
      this.#listener.panel(this.#window.history.state?.panel ?? null);
    }
  }

  /** Handles a changed address, by the browser's buttons or by a link; a link on a phone replaces the present entry. */
  #moved() {
    const { history, location } = this.#window;
    const isLink = this.#isPhone && history.state === null && location.hash !== "";
    if (isLink && this.#depth > ROOMS) {
      this.#back(this.#depth, location.hash);
      return;
    }
    if (isLink) {
      history.replaceState({ depth: TALK }, "");
    }
    this.#arrive();
  }

  /** Goes to a room or message, in place of the entry some steps back. */
  #back(steps, hash) {
    this.#then = () => {
      this.#listener.panel(null);
      this.#replace({ depth: TALK }, hash);
    };
    this.#window.history.go(-steps);
  }

  #replace(state, address) {
    this.#window.history.replaceState(state, "", address);
    this.#arrive();
  }

  #arrive() {
    this.#depth = this.#here;
    this.#listener.follow();
  }
}
