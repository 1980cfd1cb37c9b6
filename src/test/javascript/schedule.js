import { lossy } from "./lossy-web-socket.js";
import { seeded } from "./random.js";

/** Short times, because the faults follow each other fast. */
const SETTINGS = { retryBaseMs: 20, retryCapMs: 200, answerTimeoutMs: 700, silenceMs: 300, leaseMs: 300, pageSize: 10 };
const CHECK_EVERY_MS = 20;
const AWAY_MS = 400;

/** Text of the message after which clients send nothing more, when they send until then. */
const END = "the end";

/** Time that clients continue if their library does not deliver that message. */
const AFTER_END_MS = 5_000;

/** Limit of the time that they send, in case that the test has failed. */
const ACT_AT_MOST_MS = 600_000;

/** Time at which the first client of all schedules saw it. */
let endSeenAt = Infinity;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Nanoseconds of a clock that all clients share. */
const now = () => Math.round(performance.now() * 1e6);

function storage() {
  const items = new Map();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

/** State shared by the tabs of one user. */
class Browser {
  storage = storage();
  /** Requests sent in any tab, by id: another tab may receive the acknowledgement. */
  sends = new Map();

  constructor(session) {
    this.storage.setItem("parlance.session", JSON.stringify(session));
  }
}

/** One client as an application uses it, through reloads and crashes, with its notes for the checker. */
class Participant {
  sends = [];
  /** Its copy of the room. */
  seen = [];
  resets = [];
  /** Events that did not follow the last one of its copy. */
  misplaced = [];
  sawEnd = false;
  #browser;
  #options;
  #schedule;
  #library;
  #client;

  constructor(library, schedule, browser, random) {
    this.#library = library;
    this.#schedule = schedule;
    this.#browser = browser;
    const WebSocket = schedule.lossy ? lossy(globalThis.WebSocket, random) : globalThis.WebSocket;
    this.#options = { origin: schedule.origin, storage: browser.storage, WebSocket, random, settings: SETTINGS };
    this.open();
  }

  get isDone() {
    return acked(this.sends).length === this.sends.length;
  }

  get isIdle() {
    return this.#client.unsent(this.#schedule.room).length === 0;
  }

  get last() {
    return this.seen.at(-1)?.seq ?? 0;
  }

  post(text) {
    const send = { id: "", ackedSeq: null, sentAt: now(), ackedAt: 0 };
    const request = this.#client.post(this.#schedule.room, text);
    send.id = request.id;
    this.sends.push(send);
    this.#browser.sends.set(send.id, send);
  }

  /** Reloads the page: everything is lost except the storage, and the events that the application has. */
  async reload() {
    await this.close();
    this.open();
  }

  /** Waits until all writes are stored. */
  async stored() {
    await this.#client.store.update("", () => {});
  }

  /** Ends the process without a signal: its stored data stays, and so do this tab's leases. */
  crash() {
    const { store } = this.#client;
    store.update = () => new Promise(() => {});
    store.tell = () => {};
    this.#client.close();
  }

  close() {
    return this.#client.close();
  }

  open() {
    const client = new this.#library.ParlanceClient(this.#options);
    this.#client = client;
    client.on("event", ({ event }) => this.#see(event));
    client.on("reset", (reset) => this.#reset(reset));
    client.on("request", ({ request }) => this.#noted(request));
    client.restore();
    const { stamp } = this.seen.at(-1) ?? {};
    client.join(this.#schedule.room, { since: this.last, stamp, first: 1 });
  }

  #see({ seq, stamp, id = "", text }) {
    if (seq !== this.last + 1) {
      this.misplaced.push(`${seq} after ${this.last}`);
    }
    this.seen.push({ seq, stamp, id });
    if (text === END) {
      this.sawEnd = true;
      endSeenAt = Math.min(endSeenAt, Date.now());
    }
  }

  /** Follows the contract: drops everything that is uncertain. */
  #reset(reset) {
    this.resets.push(reset);
    if (reset.since === 0) {
      this.seen = [];
      this.sawEnd = false;
    }
  }

  #noted(request) {
    const send = this.#browser.sends.get(request.id);
    if (send && request.state === "sent" && send.ackedSeq === null) {
      send.ackedSeq = request.seq;
      send.ackedAt = now();
    }
  }
}

/**
 * Runs some clients against a server and a proxy, until everything is acknowledged and seen.
 * @param library exports of parlance-client/index.js
 * @param schedule with seed, origin, room, sessions, tabs, messages, head, lossy, patienceMs and untilEnd: number of clients
 *   (1) for each session, which share a storage; the room has `head` events already; the schedule is given up when
 *   nothing has changed for `patienceMs`; with `untilEnd` clients send until they have seen the last message, because
 *   the database may go back meanwhile
 * @returns notes of each client, and true if it got to the end
 */
export async function run(library, schedule) {
  const random = seeded(schedule.seed);
  const participants = schedule.sessions
    .map((session) => new Browser(session))
    .flatMap((browser) => Array.from({ length: schedule.tabs ?? 1 }, () => browser))
    .map((browser) => new Participant(library, schedule, browser, seeded(random() * 2 ** 32)));
  const begin = Date.now();
  const acts = schedule.untilEnd ? actUntilEnd : act;
  await Promise.all(participants.map((participant, i) => acts(participant, i, schedule, seeded(random() * 2 ** 32))));
  await settled(participants, schedule);
  // Events that should no longer arrive would arrive now.
  await pause(2 * CHECK_EVERY_MS);
  const complete = finished(participants, schedule);
  participants.forEach((participant) => participant.close());
  return {
    seed: schedule.seed,
    complete,
    tookMs: Date.now() - begin,
    logs: participants.map(({ sends, seen, resets, misplaced }) => ({ sends, seen, resets, misplaced })),
  };
}

/** Sends in bursts, sometimes with a rest, a reload, a crash or some time without the tab. */
async function act(participant, index, schedule, random) {
  // In one schedule of three the others only listen, and nothing but silence shows them a dead connection.
  const messages = schedule.seed % 3 > 0 ? schedule.messages : index > 0 ? 0 : 2 * schedule.messages;
  for (let i = 0; i < messages; i++) {
    participant.post(`${schedule.room} ${index} ${i}`);
    if (random() < 0.4) {
      await pause(random() * 60);
    }
    const end = random();
    if (end < 0.15) {
      await participant.reload();
    } else if (end < 0.25) {
      await participant.stored();
      participant.crash();
      participant.open();
    } else if (end < 0.3) {
      await participant.close();
      await pause(random() * AWAY_MS);
      participant.open();
    }
  }
}

/** Sends now and then, with reloads in between. */
async function actUntilEnd(participant, index, schedule, random) {
  const begin = Date.now();
  const until = () => Math.min(endSeenAt + AFTER_END_MS, begin + ACT_AT_MOST_MS);
  for (let i = 0; !participant.sawEnd && Date.now() < until(); i++) {
    if (participant.isIdle) {
      participant.post(`${schedule.room} ${index} ${i}`);
    }
    await pause(random() * 400);
    if (random() < 0.03) {
      await participant.reload();
    }
  }
}

async function settled(participants, schedule) {
  let before = -1;
  for (let movedAt = Date.now(); Date.now() - movedAt < schedule.patienceMs; await pause(CHECK_EVERY_MS)) {
    const moves = participants.reduce((sum, { sends, seen }) => sum + seen.length + acked(sends).length, 0);
    if (finished(participants, schedule)) {
      return;
    }
    if (moves !== before) {
      before = moves;
      movedAt = Date.now();
    }
  }
}

function acked(sends) {
  return sends.filter((send) => send.ackedSeq !== null);
}

function finished(participants, schedule) {
  if (schedule.untilEnd) {
    const { last } = participants[0];
    return participants.every((participant) => participant.sawEnd && participant.isIdle && participant.last === last);
  }
  const seqs = participants.flatMap(({ sends }) => sends.map((send) => send.ackedSeq ?? Infinity));
  const head = Math.max(schedule.head, ...seqs);
  return participants.every((participant) => participant.isDone && participant.last >= head);
}
