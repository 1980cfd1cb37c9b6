import { useEffect, useRef, useState } from "preact/hooks";
import { html, useModels } from "./html.js";
import { Confirmation } from "./administration-confirmation.js";
import { ListEnd } from "./administration-list.js";
import { Field } from "./field.js";
import { isLost } from "./focus.js";
import { Icon } from "./icons.js";
import { LinkCard } from "./link-card.js";
import { exactTime } from "./time.js";
import { wordFailure } from "../model/failure-text.js";
import { linkTo } from "../model/administration.js";
import { invitedRoles } from "../model/server-rights.js";
import { say } from "../words/en/administration.js";
import { format, listed } from "../words/words.js";

const MAX_USES = 1_000;
const MAX_ROOMS = 20;
const DAY_MS = 86_400_000;
/** Days after which an invite expires. */
const LIVES = [1, 7, 30, 90];
const USUAL_LIFE = 7;
const SHORT_DATE = { dateStyle: "medium", timeStyle: "short" };

/** Invites to the server: a new one, and those that can still be used. @param {{chat: Page.Chat, administration: Page.Administration}} properties */
export function InvitesTab({ chat, administration }) {
  const { invites } = administration;
  useModels(administration, invites);
  const [revoking, setRevoking] = useState(/** @type {Page.Invite | null} */ (null));
  const heading = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  const { made } = administration;
  useEffect(() => void invites.load(), []);
  useEffect(() => {
    if (isLost()) {
      heading.current.focus();
    }
  }, [made, invites.items]);
  return html`
    ${
      made
        ? html`<${LinkCard}
            chat=${chat}
            administration=${administration}
            link=${linkTo(chat.origin, made.linkCode)}
            title=${say("inviteReady")}
            text=${say("inviteText", { time: format("DateTimeFormat", SHORT_DATE).format(new Date(made.expiresAt)) })}
            done=${() => administration.forgetInvite()}
          />`
        : html`<${NewInvite} chat=${chat} administration=${administration} />`
    }
    <h3 class="administration-title" tabindex="-1" ref=${heading}>${say("openInvites")}</h3>
    ${
      revoking &&
      html`<${Confirmation}
        title=${say("revokeWhat")}
        text=${say("revokeText")}
        action=${say("revoke")}
        act=${() => chat.attempt(() => administration.revoke(revoking))}
        close=${() => setRevoking(null)}
      />`
    }
    <ul class="administration-list" data-list=".administration-list > li" data-testid="invites">
      ${invites.items.map((invite) => html`<${InviteRow} key=${invite.inviteId} invite=${invite} revoke=${() => setRevoking(invite)} />`)}
    </ul>
    <${ListEnd} list=${invites} none=${say("noInvites")} />
  `;
}

/** @param {{invite: Page.Invite, revoke: () => void}} properties */
function InviteRow({ invite, revoke }) {
  const { serverRole, useCount, maxUses, roomIds, createdBy, expiresAt } = invite;
  const role = say(/** @type {Parameters<typeof say>[0]} */ (`role_${serverRole}`));
  const by = createdBy === undefined ? say("byCommandLine") : say("by", { name: html`<bdi>@${createdBy}</bdi>` });
  return html`<li class="invite-row" data-testid="invite-row">
    <span class="person-text">
      <strong>${say("inviteUses", { role, used: useCount, max: maxUses })}</strong>
      <span class="hint wrapped" title=${exactTime(expiresAt)}>${say("until", { time: format("DateTimeFormat", SHORT_DATE).format(new Date(expiresAt)) })} · ${by}</span>
      ${roomIds.length > 0 && html`<span class="hint wrapped">${say("joins", { rooms: html`<bdi>${listed(roomIds)}</bdi>` })}</span>`}
    </span>
    <button class="secondary small" data-testid="revoke" aria-label=${say("revokeOf", { role })} onClick=${revoke}>${say("revoke")}</button>
  </li>`;
}

/** @param {{chat: Page.Chat, administration: Page.Administration}} properties */
function NewInvite({ chat, administration }) {
  const [failure, setFailure] = useState("");
  const form = useRef(/** @type {HTMLFormElement} */ (/** @type {unknown} */ (null)));
  useModels(chat.rooms);
  const rooms = chat.rooms.own.filter(({ visibility, archived }) => visibility !== "direct" && !archived);
  /** @param {SubmitEvent} submitted */
  const make = async (submitted) => {
    submitted.preventDefault();
    const fields = new FormData(form.current);
    const roomIds = /** @type {string[]} */ (fields.getAll("room"));
    if (roomIds.length > MAX_ROOMS) {
      setFailure(say("tooManyRooms", { count: MAX_ROOMS }));
      return;
    }
    setFailure("");
    try {
      await administration.invite({
        serverRole: /** @type {Page.ServerRole} */ (fields.get("role")),
        maxUses: Number(fields.get("uses")),
        expiresInMs: Number(fields.get("days")) * DAY_MS,
        roomIds,
      });
    } catch (refused) {
      setFailure(await wordFailure(refused));
    }
  };
  return html`<form class="stack" ref=${form} onSubmit=${make} data-testid="new-invite">
    <div class="administration-fields">
      <${Field} label=${say("role")}>
        <select name="role" data-testid="invite-role">
          ${invitedRoles(administration.role).map((role) => html`<option key=${role} value=${role} selected=${role === "member"}>${say(/** @type {Parameters<typeof say>[0]} */ (`role_${role}`))}</option>`)}
        </select>
      <//>
      <${Field} label=${say("uses")}><input name="uses" type="number" inputmode="numeric" min="1" max=${MAX_USES} required defaultValue="1" data-testid="invite-uses" /><//>
      <${Field} label=${say("expires")}>
        <select name="days" data-testid="invite-days">
          ${LIVES.map((days) => html`<option key=${days} value=${days} selected=${days === USUAL_LIFE}>${say("days", { count: days })}</option>`)}
        </select>
      <//>
    </div>
    ${
      rooms.length > 0 &&
      html`<details class="fold">
        <summary data-testid="invite-rooms"><${Icon} name="hash" />${say("roomsToJoin")}<${Icon} name="unfold" /></summary>
        <fieldset class="administration-rooms">
          <legend class="unseen">${say("roomsToJoin")}</legend>
          ${rooms.map(
            (room) => html`<label key=${room.roomId} class="check">
              <input type="checkbox" name="room" value=${room.roomId} data-testid=${`invite-room-${room.roomId}`} /><span><bdi>${chat.rooms.title(room)}</bdi></span>
            </label>`,
          )}
        </fieldset>
      </details>`
    }
    <p class="error" role="alert" data-testid="invite-error">${failure}</p>
    <div class="row"><button class="primary" data-testid="make-invite">${say("makeInvite")}</button></div>
  </form>`;
}
