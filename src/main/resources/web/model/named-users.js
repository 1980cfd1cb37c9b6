import { say } from "../words/en/people.js";

/** Limit of the users that are compared with a typed name; the server lists those whose ids begin with it first. */
const LOOKED_AT = 50;

/** A name with the id in brackets, as lists show a name that several people have. */
const WITH_ID = /\(@([^()\s]+)\)\s*$/;

/**
 * Id of a named user: named by the id in any case, with or without the sign before it, or by the whole name.
 *
 * @param {import("./people.js").People} people
 * @param {string} typed
 * @returns {Promise<string>}
 * @throws {Error} in the reader's language, for nobody and for several people
 */
export async function namedUser(people, typed) {
  const { user, isSeveral } = await lookUp(people, typed);
  if (user === null) {
    throw new Error(say(isSeveral ? "several" : "nobody", { name: typed.trim() }));
  }
  return user;
}

/**
 * Ids of several named users, separated by commas or blanks. Several words are one name when a user has that name.
 *
 * @param {import("./people.js").People} people
 * @param {string} typed
 * @returns {Promise<string[]>}
 */
export async function namedUsers(people, typed) {
  const users = [];
  for (const part of typed.split(",").filter((text) => text.trim() !== "")) {
    const words = part.trim().split(/\s+/);
    const whole = words.length > 1 ? await lookUp(people, part) : { user: null, isSeveral: false };
    if (whole.isSeveral) {
      throw new Error(say("several", { name: part.trim() }));
    }
    users.push(...(whole.user !== null ? [whole.user] : await all(people, words)));
  }
  return [...new Set(users)];
}

/** @param {Page.People} people @param {string[]} words */
async function all(people, words) {
  const users = [];
  for (const word of words) {
    users.push(await namedUser(people, word));
  }
  return users;
}

/** A name in which case and accents make no difference, as for the directory. @param {string} name */
const folded = (name) => name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** @returns {Promise<{user: string | null, isSeveral: boolean}>} @param {Page.People} people @param {string} typed */
async function lookUp(people, typed) {
  const name = (WITH_ID.exec(typed)?.[1] ?? typed).trim().replace(/^@/, "");
  const id = name.toLowerCase();
  if (name === "") {
    return { user: null, isSeveral: false };
  }
  const found = await people.find(name, LOOKED_AT);
  if (found.some(({ userId }) => userId === id)) {
    return { user: id, isSeveral: false };
  }
  const called = found.filter((each) => folded(each.name) === folded(name));
  return { user: called.length === 1 ? called[0].userId : null, isSeveral: called.length > 1 };
}
