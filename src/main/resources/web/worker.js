/**
 * Service worker of the page: keeps the files of one version of the page, lazy parts included, so that the page opens
 * without a network. The node writes the version and the digests of its files after this script. Answers of the API are
 * never cached.
 *
 * A version is whole or not there: the install fails when a file does not have its digest, as when another node has
 * another version, and the version before stays. A page gets its chunks from the version that it was loaded with.
 */
const page = () => self.parlancePage ?? FOLDER;

/** The page from a folder (`page.folder`), of which nothing is cached. */
const FOLDER = { version: null, files: /** @type {Record<string, string>} */ ({}) };

/** Prefix of the caches' names, one for each version. */
const CACHES = "parlance-page ";

/** Number of versions whose files are kept: this one, and those before it, of which tabs may be open. */
const KEPT_VERSIONS = 3;

/** Number of files that the install fetches at once. */
const FETCHED_AT_ONCE = 6;

const INDEX = "/";

/** Prefix of the paths of files with a hash of their content in their names. */
const ASSETS = "/assets/";

self.addEventListener("install", (event) => event.waitUntil(page() === FOLDER ? takeOver() : install()));
self.addEventListener("activate", (event) => event.waitUntil(page() === FOLDER ? remove() : activate()));
self.addEventListener("message", ({ data }) => data?.type === "activate" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const answer = answerTo(event.request);
  if (answer !== null) {
    event.respondWith(answer);
  }
});

/** Fetches all files of this version. */
async function install() {
  const name = ownName();
  const isNew = !(await caches.has(name));
  const cache = await caches.open(name);
  const left = Object.entries(page().files);
  const fetchOnes = async () => {
    for (let next = left.pop(); next; next = left.pop()) {
      await add(cache, ...next);
    }
  };
  try {
    await Promise.all(Array.from({ length: FETCHED_AT_ONCE }, fetchOnes));
  } catch (failure) {
    if (isNew) {
      await caches.delete(name);
    }
    throw failure;
  }
}

/** @param {Cache} cache @param {string} path @param {string} integrity digest that the file has to have */
async function add(cache, path, integrity) {
  // A name with a hash may come from the browser's cache, where most of these files are already.
  const answer = await fetch(path, { integrity, cache: path.startsWith(ASSETS) ? "default" : "no-cache", priority: "low" });
  if (!answer.ok) {
    throw new Error(`${path} was answered by ${answer.status}`);
  }
  await cache.put(path, answer);
}

async function activate() {
  const others = (await names()).filter((name) => name !== ownName());
  await Promise.all(others.slice(0, Math.max(0, others.length - KEPT_VERSIONS + 1)).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The page comes from a folder now: replaces the worker of a bundle at once. Where there was none, nothing is installed. */
async function takeOver() {
  if (!self.registration.active) {
    throw new Error("The page comes from a folder, and needs no worker");
  }
  await self.skipWaiting();
}

async function remove() {
  await Promise.all((await names()).map((name) => caches.delete(name)));
  await self.registration.unregister();
}

function ownName() {
  return CACHES + page().version;
}

/** Names of the caches of all versions, the oldest first. */
async function names() {
  return (await caches.keys()).filter((name) => name.startsWith(CACHES));
}

/** The answer to a request; null when the request is for the network. @param {Request} request */
function answerTo(request) {
  const { origin, pathname } = new URL(request.url);
  // The page uses this request to check that the server can be reached.
  const isForServer = request.method !== "GET" || request.cache === "no-store";
  if (page() === FOLDER || isForServer || origin !== self.location.origin) {
    return null;
  }
  if (request.mode === "navigate") {
    return pathname === INDEX ? index(request) : null;
  }
  if (pathname !== INDEX && Object.hasOwn(page().files, pathname)) {
    return file(pathname);
  }
  return pathname.startsWith(ASSETS) ? ofAnotherVersion(request) : null;
}

/**
 * The first file. If it is lost, another version's may be used: the chunks that it names have other names.
 *
 * @param {Request} request
 */
async function index(request) {
  return (await own(INDEX)) ?? fetch(request);
}

/** @param {string} path */
async function file(path) {
  return (await own(path)) ?? fetch(path, { integrity: page().files[path] });
}

/** @param {string} path */
async function own(path) {
  return caches.match(path, { cacheName: ownName(), ignoreVary: true });
}

/** @param {Request} request */
async function ofAnotherVersion(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
