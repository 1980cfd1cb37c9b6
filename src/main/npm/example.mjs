import { ParlanceClient } from "parlance-client";

const { PARLANCE_ORIGIN = "http://127.0.0.1:8080", PARLANCE_PASSWORD } = process.env;
const client = new ParlanceClient({ origin: PARLANCE_ORIGIN });
client.on("event", ({ room, event }) => console.log(room, event.seq, event.text));
client.on("reset", ({ room, from, next }) => from === 0 && console.log(room, "changed, and comes again from", next));
client.on("request", ({ request }) => request.state === "failed" && console.error(request.error));
await client.logIn("alice", PARLANCE_PASSWORD);
client.join("garden");
client.post("garden", "Is anybody here?");
