import { useEffect, useState } from "preact/hooks";
import { html, memo, useModels } from "./html.js";
import { Avatar } from "./avatar.js";
import { IconButton } from "./icons.js";
import { Menu } from "./menu.js";
import { PersonField } from "./person-field.js";
import { isSameButCounts } from "./same-room.js";
import { mayManage, mayModerate, mayOwn } from "../model/rights.js";

/** Who is in the room, and for those who look after it who is invited or banned. */
export default function MembersPanel({ chat, room }) {
  const { people, presence } = chat;
  useModels(people, presence);
  const members = people.members(room.roomId);
  const here = presence.count(room.roomId);
  return html`<div class="panel-scroll" role="region" tabindex="0" aria-label="Members of the room">
    ${mayManage(room) && html`<${Invite} chat=${chat} room=${room} />`}
    ${chat.people.membersFailed(room.roomId) &&
    html`<p class="panel-note" role="status">The members could not be loaded. <button class="link" onClick=${() => chat.people.load(room.roomId)}>Try again</button></p>`}
    <p class="panel-title">${members.length === 1 ? "1 member" : `${members.length} members`}${here > 0 && `, ${here} here now`}</p>
    <ul class="people" data-testid="people">
      ${members.map((member) => html`<${Person} key=${member.userId} chat=${chat} room=${room} member=${member} here=${presence.of(room.roomId, member.userId)} />`)}
    </ul>
    ${mayManage(room) &&
    html`<${Others} chat=${chat} room=${room} members=${members} list="invitations" title="Invited" action="Take the invitation back" undo="uninvite" />
      <${Others} chat=${chat} room=${room} members=${members} list="bans" title="Banned" action="Let come again" undo="unban" />`}
  </div>`;
}

const Person = memo(function Person({ chat, room, member, here }) {
  const { userId, name, role, muted } = member;
  return html`<li class="person" data-testid=${`member-${userId}`}>
    <${Avatar} user=${userId} name=${name} presence=${here} />
    <span class="person-text"><strong>${name}</strong><span class="hint">@${userId}${here && ", here now"}</span></span>
    ${role !== "member" && html`<span class="tag">${role}</span>`}
    ${muted && html`<span class="tag">muted</span>`}
    ${userId !== chat.user && html`<${Menu} label=${`What to do with ${name}`} testid=${`person-${userId}`} items=${() => actions(chat, room, member)} />`}
  </li>`;
}, isSameButCounts);

function actions(chat, room, member) {
  const { api } = chat.client;
  const { roomId } = room;
  const { userId, name, role, muted } = member;
  const change = (changes) => chat.attempt(() => api.changeMember(roomId, userId, changes));
  const sure = (title, text, action, act) => chat.ask({ kind: "confirm", title, text, action, act: () => chat.attempt(act) });
  return [
    { icon: "direct", label: "Write to", testid: "write-to", act: () => chat.openDirect(userId) },
    ...(mayOwn(room) && room.role === "owner"
      ? [
          role !== "admin" && { icon: "settings", label: "Make admin", testid: "make-admin", act: () => change({ role: "admin" }) },
          role !== "member" && { icon: "people", label: "Make member", testid: "make-member", act: () => change({ role: "member" }) },
          {
            icon: "check",
            label: "Hand the room over",
            testid: "hand-over",
            act: () => sure(`Hand the room over to ${name}?`, "You will be an admin.", "Hand over", () => api.handOver(roomId, userId)),
          },
        ]
      : []),
    ...(mayModerate(room, member, chat.user)
      ? [
          { icon: "bell", label: muted ? "Unmute" : "Mute", testid: "mute", act: () => change({ muted: !muted }) },
          {
            icon: "leave",
            label: "Remove",
            testid: "kick",
            danger: true,
            act: () => sure(`Remove ${name}?`, "A public room can be joined again.", "Remove", () => api.removeMember(roomId, userId)),
          },
          {
            icon: "lock",
            label: "Ban",
            testid: "ban",
            danger: true,
            act: () => sure(`Ban ${name}?`, "Whoever is banned cannot come back until you allow it.", "Ban", () => api.ban(roomId, userId)),
          },
        ]
      : []),
  ].filter(Boolean);
}

function Invite({ chat, room }) {
  const [wanted, setWanted] = useState("");
  const invite = async (submitted) => {
    submitted.preventDefault();
    const user = wanted.trim().replace(/^@/, "");
    const done = await chat.attempt(() => chat.client.api.invite(room.roomId, user).then(() => true));
    if (done) {
      setWanted("");
      chat.toasts.info(`${chat.people.name(user)} is invited.`);
    }
  };
  return html`<form class="invite" onSubmit=${invite}>
    <${PersonField} chat=${chat} value=${wanted} required aria-label="Whom to invite" placeholder="Invite by name or id" data-testid="invite-user" onInput=${(typed) => setWanted(typed.target.value)} isOffered=${(user) => !chat.people.member(room.roomId, user)} />
    <button class="secondary" data-testid="invite">Invite</button>
  </form>`;
}

/** Invited or banned users; loaded again with the members, which each change of a membership does. */
function Others({ chat, room, members, list, title, action, undo }) {
  const [users, setUsers] = useState([]);
  const load = async () => setUsers((await chat.attempt(() => chat.client.api.members(room.roomId, list))) ?? []);
  useEffect(() => {
    load();
  }, [members]);
  if (users.length === 0) {
    return null;
  }
  return html`<section class="others" data-testid=${list}>
    <h2 class="panel-title">${title}</h2>
    <ul class="people">
      ${users.map(
        ({ userId, name }) => html`<li key=${userId} class="person">
          <${Avatar} user=${userId} name=${name} />
          <span class="person-text"><strong>${name}</strong><span class="hint">@${userId}</span></span>
          <${IconButton} icon="close" label=${`${action}: ${name}`} onClick=${() => chat.attempt(() => chat.client.api[undo](room.roomId, userId)).then(load)} />
        </li>`,
      )}
    </ul>
  </section>`;
}
