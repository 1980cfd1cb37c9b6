/**
 * Scores of the page by Lighthouse, as JSON. Standard input has the node's address, Chromium's path, and a user with a password
 * and a room. Each view is measured a number of times; the best run counts, since other work of the machine only slows one down.
 */
import { readFileSync } from "node:fs";
import lighthouse, { desktopConfig } from "lighthouse";
import { launch } from "puppeteer-core";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];

const { origin, chromium, user, password, room, runs } = JSON.parse(readFileSync(0, "utf8"));

const browser = await launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const scores = [];
try {
  for (const [form, config] of [["mobile", undefined], ["desktop", desktopConfig]]) {
    scores.push(await best(`door, ${form}`, `${origin}/`, config));
  }
  await logIn();
  for (const [form, config] of [["mobile", undefined], ["desktop", desktopConfig]]) {
    scores.push(await best(`conversation, ${form}`, `${origin}/#${room}`, config));
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(scores));

/** A session in the browser's storage, which the measured views keep. */
async function logIn() {
  const page = await browser.newPage();
  await page.goto(`${origin}/#${room}`);
  await page.locator("[data-testid=user-id]").fill(user);
  await page.locator("[data-testid=password]").fill(password);
  await page.locator("[data-testid=enter]").click();
  await page.waitForSelector("[data-testid=draft]");
  await page.close();
}

async function best(view, url, config) {
  const measured = [];
  for (let run = 0; run < runs; run++) {
    measured.push(await measure(view, url, config));
  }
  return measured.toSorted((one, other) => other.performance - one.performance)[0];
}

async function measure(view, url, config) {
  const page = await browser.newPage();
  // Files come from the network, as for a visitor who comes first; the session stays.
  const flags = { disableStorageReset: true, onlyCategories: CATEGORIES };
  const session = await page.createCDPSession();
  await session.send("Network.clearBrowserCache");
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "service_workers,cache_storage" });
  const { lhr } = await lighthouse(url, flags, config, page);
  await page.close();
  if (lhr.runtimeError) {
    throw new Error(lhr.runtimeError.message);
  }
  return {
    view,
    ...Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)])),
    metrics: Object.fromEntries(METRICS.map((name) => [name, lhr.audits[name].displayValue])),
    findings: CATEGORIES.flatMap((name) => findings(lhr, lhr.categories[name])),
  };
}

/** Audits that cost points. */
function findings({ audits }, { auditRefs }) {
  return auditRefs
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9)
    .map(({ id }) => `${id}: ${audits[id].title}`);
}
