/** Number of consecutive notices from which on they are folded into one row. */
const FOLDED_FROM = 3;

/** True for a notice that can be folded with others: a change of membership. @param {Page.RoomEvent} event */
export const isOfCrowd = (event) => event.kind === "membership";

/**
 * Folds runs of notices into one row each.
 * @param {import("../view/rows.js").Row[]} rows of the list
 * @returns {import("../view/rows.js").Row[]}
 */
export function folded(rows) {
  /** @type {import("../view/rows.js").Row[]} */
  const result = [];
  /** @type {Extract<import("../view/rows.js").Row, {type: "notice"}>[]} */
  let run = [];
  const end = () => {
    if (run.length < FOLDED_FROM) {
      result.push(...run);
    } else {
      const events = run.map(({ event }) => event);
      result.push({ type: "notices", key: `notices-${events[0].stamp}`, events });
    }
    run = [];
  };
  for (const row of rows) {
    if (row.type === "notice" && isOfCrowd(row.event)) {
      run.push(row);
    } else {
      end();
      result.push(row);
    }
  }
  end();
  return result;
}

/**
 * Summary of a run of notices: parts in the order of their first notices, each with the actor and the users. Users who
 * joined and left within the run are a separate part.
 *
 * @param {Page.RoomEvent[]} events
 * @returns {{change: string, sender: string | null, users: string[]}[]} `sender` is null where the users did it
 *   themselves
 */
export function partsOf(events) {
  /** @type {Map<string, {change: string, sender: string | null, users: Set<string>}>} */
  const parts = new Map();
  const came = new Set();
  for (const { change, sender, userId: user } of /** @type {{change: string, sender: string, userId: string}[]} */ (events)) {
    const self = sender === user;
    let kind = change;
    if (self && change === "joined") {
      came.add(user);
    } else if (self && change === "left" && came.has(user)) {
      parts.get("joined/")?.users.delete(user);
      kind = "visited";
    }
    const key = `${kind}/${self ? "" : sender}`;
    const part = parts.get(key) ?? { change: kind, sender: self ? null : sender, users: new Set() };
    part.users.add(user);
    parts.set(key, part);
  }
  return [...parts.values()].filter(({ users }) => users.size > 0).map(({ users, ...part }) => ({ ...part, users: [...users] }));
}
