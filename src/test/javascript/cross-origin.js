/** A page of another origin that uses a node, for CrossOriginBrowserIT. */

/** Uses the client library like its own pages: logs in, catches up by a reset, posts, pages, searches, reconnects. */
export async function useLibrary(origin, { user, password, room, text }) {
  const { ParlanceClient } = await import(`${origin}/parlance-client.js`);
  const client = new ParlanceClient({ origin, storage: localStorage });
  const online = next(client, "state", ({ state }) => state === "online");
  await client.register(user, password, user);
  await online;
  await client.api.becomeMember(room, user);
  const caughtUp = await catchUp(client, room, text);
  const { events } = await client.api.events(room, { after: 0, limit: 2 });
  let hits = [];
  while (hits.length === 0) {
    ({ hits } = await client.api.search(text));
  }
  client.close();
  const back = new ParlanceClient({ origin, storage: localStorage });
  const again = next(back, "state", ({ state }) => state === "online");
  const restored = back.restore();
  await again;
  await back.logOut();
  return { caughtUp, page: events.length, hits: hits.length, restored };
}

/** Seqs that a room emits, from the first to the client's own text. */
async function catchUp(client, room, text) {
  const seqs = [];
  client.on("event", ({ event }) => seqs.push(event.seq));
  const joined = next(client, "joined");
  client.join(room, { since: 0 });
  await joined;
  const told = next(client, "event", ({ event }) => event.text === text);
  client.post(room, text);
  await told;
  return seqs;
}

/** @param {(detail: any) => boolean} [fits] @returns {Promise<any>} */
function next(client, type, fits = () => true) {
  return new Promise((found) => {
    const stop = client.on(type, (detail) => {
      if (fits(detail)) {
        stop();
        found(detail);
      }
    });
  });
}

/** Answers that the browser lets the page read, each true or false. */
export async function tryAll(origin, { user, password, room, token, id }) {
  const api = `${origin}/api/v1`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const credentials = JSON.stringify({ userId: user, password });
  const attempts = {
    library: () => import(`${origin}/parlance-client.js`),
    logIn: () => fetch(`${api}/sessions`, { method: "POST", headers: { "content-type": "application/json" }, body: credentials }),
    plainLogIn: () => fetch(`${api}/sessions`, { method: "POST", body: credentials }),
    post: () => fetch(`${api}/rooms/${room}/messages`, { method: "POST", headers, body: JSON.stringify({ id, text: id }) }),
    page: () => fetch(`${api}/rooms/${room}/events`, { headers }),
    search: () => fetch(`${api}/search?q=text`, { headers }),
    socket: () =>
      new Promise((opened, refused) => {
        const socket = new WebSocket(`${origin.replace("http", "ws")}/ws`);
        socket.addEventListener("open", opened);
        socket.addEventListener("error", refused);
      }),
    logOut: () => fetch(`${api}/sessions/current`, { method: "DELETE", headers }),
  };
  const outcome = {};
  for (const [name, attempt] of Object.entries(attempts)) {
    outcome[name] = await attempt().then(
      () => "let",
      () => "refused",
    );
  }
  return outcome;
}

/** Statuses of log-ins that request the cookie, by the fetch mode of credentials. */
export async function logInWithCookie(origin, { user, password }) {
  const outcome = {};
  for (const credentials of /** @type {RequestCredentials[]} */ (["omit", "same-origin", "include"])) {
    outcome[credentials] = await fetch(`${origin}/api/v1/sessions`, {
      method: "POST",
      credentials,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ userId: user, password, refreshCookie: true }),
    }).then(
      (answer) => answer.status,
      () => "refused",
    );
  }
  return outcome;
}

/** Leaves the page by a form whose text is JSON, which a browser sends without asking the node. */
export function logInByForm(origin, { user, password }) {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", enctype: "text/plain", action: `${origin}/api/v1/sessions` });
  const field = document.createElement("input");
  const [name, value] = JSON.stringify({ userId: user, password, refreshCookie: true, more: "=" }).split("=");
  Object.assign(field, { name, value });
  form.append(field);
  document.body.append(form);
  form.submit();
}

/** Logs in from a frame that has the origin null. */
export async function logInFromSandbox(origin, { user, password }) {
  const request = { method: "POST", body: JSON.stringify({ userId: user, password }) };
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.srcdoc = `<script>
    fetch(${JSON.stringify(`${origin}/api/v1/sessions`)}, ${JSON.stringify(request)})
      .then(() => "let", () => "refused")
      .then((outcome) => parent.postMessage(outcome + " " + origin, "*"));
  </script>`;
  const outcome = new Promise((told) => addEventListener("message", ({ data }) => told(data), { once: true }));
  document.body.append(frame);
  return outcome;
}
