import { MAX_PAGE } from "../parlance-client/index.js";
import { isShown } from "./history-page.js";
import { Model } from "./model.js";
import { say } from "../words/en/chat.js";

/** Jumps to other places of a room, and back. */
export class Jumps extends Model {
  /**
   * Reply from which the user jumped to the message that it quotes. @type {{room: string, seq: number, stamp: string} |
   * null}
   */
  cameFrom = null;
  #chat;

  /** @param {Page.Chat} chat */
  constructor(chat) {
    super();
    this.#chat = chat;
  }

  /** Called when another room is opened. @param {string} room */
  entered(room) {
    if (this.cameFrom?.room !== room) {
      this.#from(null);
    }
  }

  /** Goes to the first message from a time on. @param {string} room @param {Date} begin */
  async toDay(room, begin) {
    const chat = this.#chat;
    await chat.attempt(async () => {
      const { events } = await chat.client.api.events(room, { from: begin.toISOString(), limit: MAX_PAGE });
      const first = events.find(isShown);
      if (first) {
        chat.jump(room, first);
      } else {
        chat.toasts.info(say("nothingSince"));
        void chat.timelines.of(room).latest();
      }
    });
  }

  /**
   * Jumps to the message that another one answers, and remembers the way back.
   *
   * @param {string} room
   * @param {Page.Message} other
   */
  toQuoted(room, { seq, stamp, replyTo }) {
    const quoted = this.#chat.quotes.of(room, /** @type {number} */ (replyTo));
    this.#chat.jump(room, { seq: /** @type {number} */ (replyTo), ...(quoted && { stamp: quoted.stamp }) });
    this.#from(stamp === undefined ? null : { room, seq, stamp });
  }

  /** Jumps back to the reply where the user came from. */
  back() {
    const { cameFrom } = this;
    this.#from(null);
    if (cameFrom) {
      this.#chat.jump(cameFrom.room, cameFrom);
    }
  }

  /** @param {Jumps["cameFrom"]} place */
  #from(place) {
    this.cameFrom = place;
    this.changed();
  }
}
