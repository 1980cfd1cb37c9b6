/** The reader's time zone, in which a day begins; the present offset if the browser names none. */
export function zone() {
  const named = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (named && named !== "Etc/Unknown") {
    return named;
  }
  const minutes = -new Date().getTimezoneOffset();
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}
