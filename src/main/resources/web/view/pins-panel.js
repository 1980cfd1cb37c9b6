import { useEffect, useState } from "preact/hooks";
import { html, useModels } from "./html.js";
import { MessageCard } from "./message-card.js";

const PAGE = 100;

/** The messages that are pinned, newest first. */
export default function PinsPanel({ chat, room }) {
  const [pins, setPins] = useState(null);
  useModels(chat.people);
  useEffect(() => {
    const load = async () => {
      const page = await chat.attempt(() => chat.client.api.pins(room.roomId, { limit: PAGE }));
      setPins(page?.messages.toReversed() ?? []);
    };
    load();
    return chat.client.on("event", ({ room: where, event }) => {
      if (where === room.roomId && (event.kind === "pin" || event.kind === "delete")) {
        load();
      }
    });
  }, [room.roomId]);
  return html`<div class="panel-scroll" role="region" tabindex="0" aria-label="Pinned messages">
    ${pins?.map((message) => html`<${MessageCard} key=${message.seq} testid="card" chat=${chat} message=${message} />`)}
    ${pins?.length === 0 && html`<p class="panel-note">Nothing is pinned. What everybody should find again, pin it from its menu.</p>`}
  </div>`;
}
