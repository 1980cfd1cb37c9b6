import { useEffect, useState } from "preact/hooks";
import { oneAtATime } from "../model/one-at-a-time.js";
import { Retries } from "../model/retries.js";
import { MAX_PAGE } from "../parlance-client/index.js";
import { html, useModels } from "./html.js";
import { MessageCard } from "./message-card.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/pins.js";

const CHANGES = ["pin", "edit", "delete"];

/** Pinned messages, newest first. @param {{chat: Page.Chat, room: Page.Room}} properties */
export default function PinsPanel({ chat, room }) {
  const [pins, setPins] = useState(/** @type {Page.Message[] | null} */ (null));
  /** Retry of the load; null until a load has failed. */
  const [again, setAgain] = useState(
    /** @type {any} a function or null, which the checker would call as one that makes the state */ (null),
  );
  useModels(chat.people);
  useEffect(() => {
    const load = oneAtATime(async () => {
      try {
        const { messages } = await chat.client.api.pins(room.roomId, { limit: MAX_PAGE });
        setPins(messages.toReversed());
        setAgain(null);
        retries.succeeded();
      } catch (failure) {
        setAgain(() => load);
        retries.failed(failure);
      }
    });
    const retries = new Retries(load);
    void load();
    const ends = [
      () => retries.stop(),
      chat.client.on("event", ({ roomId, event }) => roomId === room.roomId && CHANGES.includes(event.kind) && load()),
      chat.client.on("reset", ({ roomId }) => roomId === room.roomId && load()),
    ];
    return () => ends.forEach((end) => end());
  }, [room.roomId]);
  return html`<div class="panel-scroll" data-list=".card, .panel-note button" role="region" tabindex="0" aria-label=${say("title")}>
    ${again && html`<p class="panel-note" role="status">${say("failed")} <button class="link" onClick=${again}>${common("again")}</button></p>`}
    ${pins?.map((message) => html`<${MessageCard} key=${message.stamp} testid="card" chat=${chat} message=${message} />`)}
    ${pins?.length === 0 && html`<p class="panel-note">${say("none")}</p>`}
  </div>`;
}
