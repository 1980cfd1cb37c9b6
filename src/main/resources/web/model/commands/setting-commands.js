import { command } from "./command.js";

/** Commands about the room's name, topic and description. */
export const SETTING_COMMANDS = [
  command("info", "show what the room is about", "/info", show),
  command("topic [TEXT...]", "show or set the topic, - for none", "/topic Tomatoes", (place, words) =>
    words.findName("TEXT") === undefined ? show(place) : change(place, { topic: textOf(words) }),
  ),
  command("rename TEXT...", "give the room another name", "/rename The Garden", (place, words) => change(place, { name: words.name("TEXT") })),
  command("describe TEXT...", "say what the room is for, - for nothing", "/describe All that grows", (place, words) =>
    change(place, { description: textOf(words) }),
  ),
  command("archive", "close the room; what was said stays", "/archive", (place) => change(place, { archived: true })),
  command("unarchive", "open the room again", "/unarchive", (place) => change(place, { archived: false })),
];

function show({ chat, room }) {
  const { topic, description, visibility, roomId } = room;
  return {
    text: chat.rooms.title(room),
    rows: [
      { label: "Topic", detail: topic || "none" },
      { label: "Description", detail: description || "none" },
      { label: "Id", detail: `${roomId}, ${visibility}` },
    ],
  };
}

async function change({ chat, room }, changes) {
  await chat.client.api.changeRoom(room.roomId, changes);
}

/** Text of a setting; a lone dash deletes the text. */
function textOf(words) {
  const text = words.name("TEXT");
  return text === "-" ? "" : text;
}
