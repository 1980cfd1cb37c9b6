/** Notices that follow each other are folded into one row from this number on. */
const FOLDED_FROM = 3;

/** Whether a notice can be folded with others: it tells who came, went, or stands otherwise. */
export const isOfCrowd = (event) => event.kind === "membership";

/**
 * Folds runs of notices into one row each.
 *
 * @param {any[]} rows as the list shows them
 * @returns {any[]}
 */
export function folded(rows) {
  const result = [];
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
 * What a run of notices says: parts in the order in which they began, each with who did it and to whom. Who joined and left
 * within the run is in a part of its own.
 *
 * @param {any[]} events
 * @returns {{change: string, sender: string | null, users: string[]}[]} `sender` is null where the users did it themselves
 */
export function partsOf(events) {
  /** @type {Map<string, {change: string, sender: string | null, users: Set<string>}>} */
  const parts = new Map();
  const came = new Set();
  for (const { change, sender, user } of events) {
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
