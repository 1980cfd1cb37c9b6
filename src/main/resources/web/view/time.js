import { format } from "../words/words.js";
import { say } from "../words/en/shell.js";

const TIME = { hour: "numeric", minute: "2-digit" };
const DAY = { weekday: "long", day: "numeric", month: "long" };
const DAY_OF_YEAR = { day: "numeric", month: "long", year: "numeric" };
const EXACT = { dateStyle: "full", timeStyle: "medium" };
const RELATIVE = { numeric: "auto", style: "short" };
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** @param {string | number | Date} at */
export const timeOfDay = (at) => format("DateTimeFormat", TIME).format(new Date(at));

/** The time without a word for the half of the day, where there is little room. @param {string | number | Date} at */
export const shortTime = (at) =>
  format("DateTimeFormat", TIME)
    .formatToParts(new Date(at))
    .map(({ type, value }) => (type === "dayPeriod" ? "" : value))
    .join("")
    .trim();

/** The time to the second, with its day. @param {string | number | Date} at */
export const exactTime = (at) => format("DateTimeFormat", EXACT).format(new Date(at));

/** @param {string | number | Date} at */
export const dayKey = (at) => new Date(at).toDateString();

/** Today, yesterday, the weekday and date, or with its year when that is another. @param {string | number | Date} at */
export function dayName(at) {
  const day = new Date(at);
  const today = new Date();
  if (dayKey(day) === dayKey(today)) {
    return say("today");
  }
  if (dayKey(day) === new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).toDateString()) {
    return say("yesterday");
  }
  return format("DateTimeFormat", day.getFullYear() === today.getFullYear() ? DAY : DAY_OF_YEAR).format(day);
}

/** When something happened last: the time of today, or else the day. @param {string | number | Date} at */
export const timeOfLast = (at) => (dayKey(at) === dayKey(Date.now()) ? timeOfDay(at) : dayName(at));

/** How long ago, such as "5 min. ago". @param {string | number | Date} at */
export function ago(at) {
  const past = new Date(at).getTime() - Date.now();
  const [unit, size] = UNITS.find(([, each]) => -past >= each) ?? ["minute", 60_000];
  return format("RelativeTimeFormat", RELATIVE).format(Math.ceil(past / size) || 0, unit);
}
