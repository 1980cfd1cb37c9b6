/** A date in the form of a date field, in the browser's time zone. @param {Date} date */
export function dayOf(date) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Begin of a day in the browser's time zone; null for an invalid day. @param {string} day such as 2026-01-31 */
export function beginOf(day) {
  const [year, month, date] = day.split("-").map(Number);
  const begin = new Date(year, month - 1, date);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && dayOf(begin) === day ? begin : null;
}
