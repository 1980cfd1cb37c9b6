const TIME = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const DAY_OF_YEAR = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });
const DAY_MS = 86_400_000;
const UNITS = [
  ["day", DAY_MS],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

export const timeOfDay = (at) => TIME.format(new Date(at));

/** The time without a word for the half of the day, where there is little room. */
export const shortTime = (at) =>
  TIME.formatToParts(new Date(at))
    .map(({ type, value }) => (type === "dayPeriod" ? "" : value))
    .join("")
    .trim();

/** The time to the second, with its day. */
export const exactTime = (at) => EXACT.format(new Date(at));

export const dayKey = (at) => new Date(at).toDateString();

/** Today, yesterday, the weekday and date, or with its year when that is another. */
export function dayName(at) {
  const day = new Date(at);
  const today = new Date();
  if (day.toDateString() === today.toDateString()) {
    return "Today";
  }
  if (day.toDateString() === new Date(today.getTime() - DAY_MS).toDateString()) {
    return "Yesterday";
  }
  return (day.getFullYear() === today.getFullYear() ? DAY : DAY_OF_YEAR).format(day);
}

/** How long ago, such as "5 min. ago". */
export function ago(at) {
  const past = new Date(at).getTime() - Date.now();
  const [unit, size] = UNITS.find(([, each]) => -past >= each) ?? ["minute", 60_000];
  return RELATIVE.format(Math.ceil(past / size) || 0, unit);
}
