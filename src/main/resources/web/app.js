import { ParlanceClient } from "/parlance-client.js";
import { Door } from "/door.js";
import { RoomList } from "/room-list.js";
import { Conversation } from "/conversation.js";

const THEME = "parlance.theme";
const STATES = { online: "Connected", connecting: "Connecting …", offline: "Offline, nothing is lost" };

const element = (id) => document.getElementById(id);

/**
 * All tabs have one session; each has its own unsent messages, which a reload keeps. Whoever was away for long sees the
 * newest, and pages back as far as it likes.
 */
const client = new ParlanceClient({
  origin: location.origin,
  storage: localStorage,
  outboxStorage: sessionStorage,
  settings: { pageAtMost: 0 },
});

const conversation = new Conversation(client);
const roomList = new RoomList(client, (room) => {
  conversation.open(room);
  element("chat").dataset.view = "talk";
});
const door = new Door(client, enter);

function enter() {
  element("door").hidden = true;
  element("chat").hidden = false;
  element("chat").dataset.view = "rooms";
  element("me").textContent = client.user;
  roomList.load();
}

function leave() {
  element("chat").hidden = true;
  conversation.clear();
  roomList.clear();
  door.show();
}

function showState() {
  element("state").textContent = STATES[client.state];
  element("state").dataset.state = client.state;
}

function switchTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
  const next = now === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  localStorage.setItem(THEME, next);
}

const theme = localStorage.getItem(THEME);
if (theme) {
  document.documentElement.dataset.theme = theme;
}
for (const id of ["line-hint", "welcome-hint"]) {
  element(id).textContent = `websocat ${location.origin.replace(/^http/, "ws")}/lines`;
}
client.on("state", showState);
client.on("signedout", leave);
element("theme").addEventListener("click", switchTheme);
element("log-out").addEventListener("click", () => {
  // Without the server the session ends here all the same.
  client.logOut().catch(() => {});
});
element("back").addEventListener("click", () => {
  element("chat").dataset.view = "rooms";
});
addEventListener("online", () => client.connect());
showState();

if (client.restore()) {
  enter();
} else {
  door.show();
}
