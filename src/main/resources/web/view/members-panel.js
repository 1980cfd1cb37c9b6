import { useEffect, useState } from "preact/hooks";
import { html, memo, useModels } from "./html.js";
import { Avatar } from "./avatar.js";
import { IconButton } from "./icons.js";
import { Menu } from "./menu.js";
import { PersonField, namedUser } from "./person-field.js";
import { isSameButCounts } from "./same-room.js";
import { mayManage, mayModerate, mayOwn } from "../model/rights.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/members.js";

/**
 * Members of the room; for owners and admins also its invited and banned users.
 *
 * @param {{chat: Page.Chat, room: Page.Room}} properties
 */
export default function MembersPanel({ chat, room }) {
  const { people, presence } = chat;
  useModels(people, presence);
  const members = people.members(room.roomId);
  const here = presence.count(room.roomId);
  return html`<div class="panel-scroll" role="region" tabindex="0" aria-label=${say("title")}>
    ${mayManage(room) && html`<${Invite} chat=${chat} room=${room} />`}
    ${
      chat.people.membersFailed(room.roomId) &&
      html`<p class="panel-note" role="status">${say("failed")} <button class="link" onClick=${() => chat.people.load(room.roomId)}>${common("again")}</button></p>`
    }
    <p class="panel-title">${say("count", { count: members.length })}${(here ?? 0) > 0 && say("here", { count: here })}</p>
    <ul class="people" data-list=".person" data-testid="people">
      ${members.map((member) => html`<${Person} key=${member.userId} chat=${chat} room=${room} member=${member} here=${presence.of(room.roomId, member.userId)} />`)}
    </ul>
    ${
      mayManage(room) &&
      html`<${Others} chat=${chat} room=${room} members=${members} list="invitations" undo="uninvite" />
      <${Others} chat=${chat} room=${room} members=${members} list="bans" undo="unban" />`
    }
  </div>`;
}

const Person = memo(function Person(
  /** @type {{chat: Page.Chat, room: Page.Room, member: Page.Member, here: boolean}} */ { chat, room, member, here },
) {
  const { userId, name, role, muted } = member;
  return html`<li class="person" data-testid=${`member-${userId}`}>
    <${Avatar} user=${userId} name=${name} presence=${here} />
    <span class="person-text"><strong><bdi>${name}</bdi></strong><span class="hint"><bdi>@${userId}</bdi>${here && say("hereNow")}</span></span>
    ${(role === "owner" || role === "admin") && html`<span class="tag">${say(/** @type {Parameters<typeof say>[0]} */ (`role_${role}`))}</span>`}
    ${muted && html`<span class="tag">${say("muted")}</span>`}
    ${userId !== chat.user && html`<${Menu} label=${say("actions", { name })} testid=${`person-${userId}`} items=${() => actions(chat, room, member)} />`}
  </li>`;
}, isSameButCounts);

/** @param {Page.Chat} chat @param {Page.Room} room @param {Page.Member} member */
function actions(chat, room, member) {
  const { api } = chat.client;
  const { roomId } = room;
  const { userId, name, role, muted } = member;
  /** @param {{role?: Page.Role, muted?: boolean}} changes */
  const change = (changes) => chat.attempt(() => api.changeMember(roomId, userId, changes));
  /** @param {string} title @param {string} text @param {string} action @param {() => unknown} act */
  const sure = (title, text, action, act) => chat.ask({ kind: "confirm", title, text, action, act: () => chat.attempt(act) });
  return [
    { icon: "direct", label: say("writeTo"), testid: "write-to", act: () => chat.openDirect(userId) },
    ...(mayOwn(room) && room.role === "owner"
      ? [
          role !== "admin" && {
            icon: "settings",
            label: say("makeAdmin"),
            testid: "make-admin",
            act: () => change({ role: "admin" }),
          },
          role !== "member" && {
            icon: "people",
            label: say("makeMember"),
            testid: "make-member",
            act: () => change({ role: "member" }),
          },
          {
            icon: "check",
            label: say("handOver"),
            testid: "hand-over",
            act: () =>
              sure(say("handOverTo", { name }), say("handOverText"), say("handOverAction"), () => api.handOver(roomId, userId)),
          },
        ]
      : []),
    ...(mayModerate(room, member, chat.user)
      ? [
          { icon: "bell", label: muted ? say("unmute") : say("mute"), testid: "mute", act: () => change({ muted: !muted }) },
          {
            icon: "leave",
            label: say("remove"),
            testid: "kick",
            danger: true,
            act: () =>
              sure(say("removeWhom", { name }), say("removeText"), say("remove"), () => api.removeMember(roomId, userId)),
          },
          {
            icon: "lock",
            label: say("ban"),
            testid: "ban",
            danger: true,
            act: () => sure(say("banWhom", { name }), say("banText"), say("ban"), () => api.ban(roomId, userId)),
          },
        ]
      : []),
  ].filter(Boolean);
}

/** @param {{chat: Page.Chat, room: Page.Room}} properties */
function Invite({ chat, room }) {
  const [wanted, setWanted] = useState("");
  /** @param {SubmitEvent} submitted */
  const invite = async (submitted) => {
    submitted.preventDefault();
    await chat.attempt(async () => {
      const user = await namedUser(chat.people, wanted);
      await chat.client.api.invite(room.roomId, user);
      setWanted("");
      chat.toasts.info(say("invited", { name: chat.people.name(user) }));
    });
  };
  return html`<form class="invite" onSubmit=${invite}>
    <${PersonField} chat=${chat} value=${wanted} required aria-label=${say("whom")} placeholder=${say("inviteHint")} data-testid="invite-user" onInput=${(/** @type {Page.Typed} */ typed) => setWanted(typed.target.value)} isOffered=${(/** @type {string} */ user) => !chat.people.member(room.roomId, user)} />
    <button class="secondary" data-testid="invite">${say("invite")}</button>
  </form>`;
}

/**
 * Invited or banned users, reloaded together with the members after each change of a membership.
 *
 * @param {{chat: Page.Chat, room: Page.Room, members: Page.Member[], list: "invitations" | "bans", undo: "uninvite" | "unban"}} properties
 */
function Others({ chat, room, members, list, undo }) {
  const [users, setUsers] = useState(/** @type {Page.User[]} */ ([]));
  const load = async () => setUsers((await chat.attempt(() => chat.client.api.members(room.roomId, list))) ?? []);
  useEffect(() => {
    void load();
  }, [members]);
  if (users.length === 0) {
    return null;
  }
  return html`<section class="others" data-testid=${list}>
    <h2 class="panel-title">${say(list)}</h2>
    <ul class="people" data-list=".person">
      ${users.map(
        ({ userId, name }) => html`<li key=${userId} class="person">
          <${Avatar} user=${userId} name=${name} />
          <span class="person-text"><strong><bdi>${name}</bdi></strong><span class="hint"><bdi>@${userId}</bdi></span></span>
          <${IconButton} icon="close" label=${say(undo, { name })} onClick=${() => chat.attempt(() => chat.client.api[undo](room.roomId, userId)).then(load)} />
        </li>`,
      )}
    </ul>
  </section>`;
}
