/**
 * Runs schedules and prints the logs of each as a line of JSON.
 *
 * Reads from its standard input {atOnce, schedules: [{library, ...}]}, where library is the URL of an index.js.
 */
import { text } from "node:stream/consumers";
import { run } from "./schedule.js";

const { atOnce, schedules } = JSON.parse(await text(process.stdin));
const rest = [...schedules];

async function work() {
  for (let schedule = rest.shift(); schedule; schedule = rest.shift()) {
    const library = await import(schedule.library);
    const logs = await run(library, schedule);
    console.log(JSON.stringify({ room: schedule.room, ...logs }));
  }
}

await Promise.all(Array.from({ length: atOnce }, work));
process.exit(0);
