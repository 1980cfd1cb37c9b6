import { lossy } from "./lossy-web-socket.js";
import { seeded } from "./random.js";

/** Short ones, for the faults come fast. */
const SETTINGS = { retryBaseMs: 20, retryCapMs: 200, answerTimeoutMs: 700, silenceMs: 300, leaseMs: 300, pageSize: 10 };
const CHECK_EVERY_MS = 20;
const AWAY_MS = 400;

/** The text of the message after which clients send nothing more, where they send until they are told. */
const END = "the end";

/** So long others go on that may never see it, for their library does not bring it. */
const AFTER_END_MS = 5_000;

/** So long they send at most, for the test that would say so may have failed. */
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

/** What the tabs of one user share. */
class Browser {
  storage = storage();
  /** What was sent in any tab, by its id: another tab may be told of the acknowledgement. */
  sends = new Map();

  constructor(session) {
    this.storage.setItem("parlance.session", JSON.stringify(session));
  }
}

/** One client as an application uses it, through reloads and crashes, and what it notes for the checker. */
class Participant {
  sends = [];
  /** Its copy of the room. */
  seen = [];
  resets = [];
  /** Events that were not the next of its copy. */
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

  /** What a reload of the page does: everything is gone but the storage, and what the application has seen. */
  async reload() {
    await this.close();
    this.open();
  }

  /** Waits until what is written is stored. */
  async stored() {
    await this.#client.store.update("", () => {});
  }

  /** The process ends without a word: what is stored by then is there, and the leases of this tab are. */
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

  /** An application that follows the contract: what is not sure is forgotten. */
  #reset(reset) {
    this.resets.push(reset);
    if (reset.from === 0) {
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
 * Runs some clients against a server and what is between, until everything is acknowledged and seen.
 *
 * @param library what parlance-client/index.js exports
 * @param schedule {seed, origin, room, sessions, tabs, messages, head, lossy, patienceMs, untilEnd}: so many clients (1) for
 *   each session, which share a storage; the room has `head` events already; it is given up when nothing has moved for `patienceMs`; with `untilEnd` clients send until
 *   they have seen the message that says so, for meanwhile the database may go back
 * @returns what each client noted, and whether it got to the end
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
  // Something that should not be there any more would come now.
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

/** Sends in bursts, with a rest, a reload, a crash or some time without the tab now and then. */
async function act(participant, index, schedule, random) {
  // In one schedule of three the others listen, and nothing but silence tells them of a connection that is dead.
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

/** Sends now and then, with a reload in between. */
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
