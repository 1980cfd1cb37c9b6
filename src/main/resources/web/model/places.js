/** Depths of the history's entries: the rooms, a conversation over them, a panel over that. */
const ROOMS = 0;
const TALK = 1;
const PANEL = 2;

/**
 * @typedef {object} PlacesListener
 * @property {() => void} follow the address is another one
 * @property {(panel: Page.Panel | null) => void} panel the panel of the entry, null for none
 */

/**
 * Entries of the browser's history. On a phone, where one pane fills the screen, Back closes what covers the page, such as a
 * dialog or a menu, then the panel, then the conversation, and then leaves: the entries are the rooms, a conversation and a
 * panel, whatever the user's path, and one for each cover. Where more panes fit, each place in a conversation has its entry,
 * and panels and covers have none.
 */
export class Places {
  #screen;
  #window;
  #listener;
  /** Depth of the entry before the address changed. */
  #depth = ROOMS;
  /** Action once the browser has gone back. @type {(() => void) | null} */
  #then = null;
  /** Functions that close each cover with an entry, the uppermost last. @type {(() => void)[]} */
  #covers = [];
  /** The number of entries of covers under the entry of a link that was followed. */
  #left = 0;
  /** Actions to run once the entry of a closed cover is gone; null when no entry is going. @type {(() => void)[] | null} */
  #waiting = null;

  /** @param {{panes: number}} screen @param {Window} window @param {PlacesListener} listener */
  constructor(screen, window, listener) {
    this.#screen = screen;
    this.#window = window;
    this.#listener = listener;
  }

  /**
   * Inserts the rooms under the conversation of the page's first address. @returns {Page.Panel | null} the panel that a reload has
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
    if (history.state?.cover) {
      // A reload has closed it.
      this.#uncover(history.state.cover);
    }
    this.#depth = this.#here;
    return history.state?.panel ?? null;
  }

  /** Gives an entry to what covers the page, on a phone. @param {() => void} close is called by Back @returns {() => void} takes it away */
  cover(close) {
    let isClosed = false;
    this.#whenUncovered(() => {
      if (this.#isPhone && !isClosed) {
        this.#covers.push(close);
        this.#window.history.pushState({ ...this.#window.history.state, depth: this.#here, cover: this.#covers.length }, "");
      }
    });
    return () => {
      isClosed = true;
      const at = this.#covers.indexOf(close);
      if (at >= 0) {
        this.#uncover(this.#covers.splice(at).length);
      }
    };
  }

  /** Goes to a room or message. @param {string} hash */
  go(hash) {
    this.#change(() => this.#go(hash));
  }

  /** @param {string} hash */
  #go(hash) {
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
    this.#change(() => this.#leave());
  }

  #leave() {
    if (this.#isPhone && this.#window.history.state?.depth > ROOMS) {
      this.#window.history.go(-this.#here);
    } else {
      this.#replace({ depth: ROOMS }, "/");
    }
  }

  /** Shows a panel in place of another, or none. @param {Page.Panel | null} panel */
  show(panel) {
    this.#change(() => this.#show(panel));
  }

  /** @param {Page.Panel | null} panel */
  #show(panel) {
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

  /** Removes the entries of covers. @param {number} count */
  #uncover(count) {
    this.#waiting = [];
    this.#window.history.go(-count);
  }

  /**
   * Changes of the history wait until the entry of a cover is gone: browsers go back later than they are asked to.
   *
   * @param {() => void} change
   */
  #whenUncovered(change) {
    if (this.#waiting === null) {
      change();
    } else {
      this.#waiting.push(change);
    }
  }

  #popped() {
    if (this.#waiting !== null) {
      const waiting = this.#waiting;
      this.#waiting = null;
      waiting.forEach((change) => this.#whenUncovered(change));
      return;
    }
    const { state } = this.#window.history;
    const closed = this.#closeCovers(state?.cover ?? 0);
    // A link makes an entry without a state, over those of the covers.
    this.#left = state === null ? closed : 0;
    const then = this.#then;
    this.#then = null;
    if (then) {
      then();
    } else if (this.#isPhone || this.#depth === PANEL || this.#here === PANEL) {
      this.#listener.panel(this.#window.history.state?.panel ?? null);
    }
  }

  /** Goes to another place, which what covers this one does not cover. @param {() => void} change */
  #change(change) {
    const count = this.#closeCovers(0);
    if (count > 0) {
      this.#uncover(count);
    }
    this.#whenUncovered(change);
  }

  /** Closes covers, the uppermost first. @param {number} left number of covers that stay @returns {number} number of closed covers */
  #closeCovers(left) {
    const closed = this.#covers.splice(left);
    closed.toReversed().forEach((close) => close());
    return closed.length;
  }

  /** The address has changed, by the browser's buttons or by a link; a link on a phone leaves the place that it is in. */
  #moved() {
    const { history, location } = this.#window;
    const isLink = this.#isPhone && history.state === null && location.hash !== "";
    const above = isLink ? this.#depth + this.#left + this.#closeCovers(0) : ROOMS;
    if (above > ROOMS) {
      this.#back(above, location.hash);
      return;
    }
    if (isLink) {
      history.replaceState({ depth: TALK }, "");
    }
    this.#arrive();
  }

  /** Goes to a room or message, in place of the entry some steps back. @param {number} steps @param {string} hash */
  #back(steps, hash) {
    this.#then = () => {
      this.#listener.panel(null);
      this.#replace({ depth: TALK }, hash);
    };
    this.#window.history.go(-steps);
  }

  /** @param {{depth: number, panel?: Page.Panel | null}} state @param {string} address */
  #replace(state, address) {
    this.#window.history.replaceState(state, "", address);
    this.#arrive();
  }

  #arrive() {
    this.#depth = this.#here;
    this.#listener.follow();
  }
}
