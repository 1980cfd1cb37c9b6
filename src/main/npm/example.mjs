import { ParlanceClient } from "parlance-client";

const { PARLANCE_ORIGIN = "http://127.0.0.1:8080", PARLANCE_PASSWORD } = process.env;
const client = new ParlanceClient({ origin: PARLANCE_ORIGIN });
client.on("event", ({ roomId, event }) => console.log(roomId, event.seq, event.text));
client.on("reset", ({ roomId, since, next }) => since === 0 && console.log(roomId, "changed, and comes again from", next));
client.on("request", ({ request }) => request.state === "failed" && console.error(request.error));
await client.logIn("alice", PARLANCE_PASSWORD);
client.join("garden");
client.post("garden", "Is anybody here?");
