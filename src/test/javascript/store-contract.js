/**
 * Contract of a store (parlance-client/store.js), for every implementation: runs in Node.js and in browsers.
 *
 * @param {() => import("../../main/resources/web/parlance-client/store.js").Store} open opens the same store for
 *   another client; it is empty at first
 * @returns {Promise<string[]>} violations
 */
export async function breaches(open) {
  const found = [];
  const [one, two] = [open(), open()];
  const check = (name, is, wanted) => {
    if (JSON.stringify(is) !== JSON.stringify(wanted)) {
      found.push(`${name}: ${JSON.stringify(is)} instead of ${JSON.stringify(wanted)}`);
    }
  };
  const all = (prefix) => two.update(prefix, (items) => [...items]);

  await one.update("a/", (items) => items.set("a/2", { text: "two" }).set("a/1", ["one"]));
  await one.update("b/", (items) => void items.set("b/1", "of b"));
  check("entries of a prefix, by rising keys", await all("a/"), [
    ["a/1", ["one"]],
    ["a/2", { text: "two" }],
  ]);
  check("result of a change", await one.update("a/", (items) => items.size), 2);

  await one.update("a/", (items) => items.set("a/2", { text: "other" }).delete("a/1"));
  check("entries that are replaced and deleted", await all(""), [
    ["a/2", { text: "other" }],
    ["b/1", "of b"],
  ]);

  const failed = await one
    .update("a/", (items) => {
      items.clear();
      throw new Error("no");
    })
    .catch((failure) => failure.message);
  check("failure of a change", failed, "no");
  check("entries after a failed change", await all("a/"), [["a/2", { text: "other" }]]);

  const counts = Array.from({ length: 40 }, (_, i) =>
    (i % 2 ? one : two).update("n", (items) => void items.set("n", (items.get("n") ?? 0) + 1)),
  );
  await Promise.all(counts);
  check("transactions of two clients, one after another", await all("n"), [["n", 40]]);

  const order = [];
  await Promise.all(Array.from({ length: 5 }, (_, i) => one.update("n", () => void order.push(i))));
  check("transactions in the order of the calls", order, [0, 1, 2, 3, 4]);

  const told = new Promise((heard) => two.listen(heard));
  let echoes = 0;
  one.listen(() => echoes++);
  one.tell({ about: "a/2" });
  check("message to the others", await told, { about: "a/2" });
  check("messages to the sender", echoes, 0);
  [one, two].forEach((each) => each.close());
  return found;
}
