import { command } from "./command.js";
import { say } from "../../words/en/commands.js";

/** Commands about the room's name, topic and description. */
export const SETTING_COMMANDS = [
  command("info", "/info", show),
  command("topic [TEXT...]", "/topic Tomatoes", (place, words) =>
    words.findName("TEXT") === undefined ? show(place) : change(place, { topic: textOf(words) }),
  ),
  command("rename TEXT...", "/rename The Garden", (place, words) => change(place, { name: words.name("TEXT") })),
  command("describe TEXT...", "/describe All that grows", (place, words) => change(place, { description: textOf(words) })),
  command("archive", "/archive", (place) => change(place, { archived: true })),
  command("unarchive", "/unarchive", (place) => change(place, { archived: false })),
];

/** @param {import("./command.js").Place} given */
function show({ chat, room }) {
  const { topic, description, visibility, roomId } = room;
  return {
    text: chat.rooms.title(room),
    rows: [
      { label: say("topicIs"), detail: topic || say("none") },
      { label: say("descriptionIs"), detail: description || say("none") },
      { label: say("idIs"), detail: say("idAndVisibility", { id: roomId, visibility: visibilityName(visibility) }) },
    ],
  };
}

/** @param {string} visibility */
const visibilityName = (visibility) => (visibility === "private" ? say("private") : say("public"));

/**
 * @param {import("./command.js").Place} given
 * @param {{name?: string, topic?: string, description?: string, archived?: boolean}} changes
 */
async function change({ chat, room }, changes) {
  await chat.client.api.changeRoom(room.roomId, changes);
}

/** Text of a setting; a lone dash deletes the text. @param {Page.Words} words */
function textOf(words) {
  const text = words.name("TEXT");
  return text === "-" ? "" : text;
}
