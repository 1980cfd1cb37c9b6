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

/** Time without AM or PM, for narrow places. @param {string | number | Date} at */
export const shortTime = (at) =>
  format("DateTimeFormat", TIME)
    .formatToParts(new Date(at))
    .map(({ type, value }) => (type === "dayPeriod" ? "" : value))
    .join("")
    .trim();

/** Day and time, to the second. @param {string | number | Date} at */
export const exactTime = (at) => format("DateTimeFormat", EXACT).format(new Date(at));

/** @param {string | number | Date} at */
export const dayKey = (at) => new Date(at).toDateString();

/**
 * Day as "Today", "Yesterday", or weekday and date; with the year when it is another one.
 *
 * @param {string | number | Date} at
 */
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

/** Time of a past event: the time of today, or else the day. @param {string | number | Date} at */
export const timeOfLast = (at) => (dayKey(at) === dayKey(Date.now()) ? timeOfDay(at) : dayName(at));

/** Time since an event, such as "5 min. ago". @param {string | number | Date} at */
export function ago(at) {
  const past = new Date(at).getTime() - Date.now();
  const [unit, size] = UNITS.find(([, each]) => -past >= each) ?? ["minute", 60_000];
  return format("RelativeTimeFormat", RELATIVE).format(Math.ceil(past / size) || 0, unit);
}
