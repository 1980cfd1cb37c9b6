const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const GROUP_MS = 5 * 60_000;
const LINK = /https?:\/\/[^\s<>"]+/g;
const MARKS = { waiting: "Waiting …", sending: "Sending …", failed: "Not sent." };

function make(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

export function dayLine(at) {
  return make("div", "day", DAY.format(new Date(at)));
}

/** A line that says who came and went; nothing for kinds that this page does not know. */
export function noticeElement(event) {
  if (event.kind !== "membership") {
    return null;
  }
  const self = event.sender === event.user;
  const said =
    event.change === "joined"
      ? self ? `${event.user} joined` : `${event.sender} added ${event.user}`
      : self ? `${event.user} left` : `${event.sender} removed ${event.user}`;
  const notice = make("p", "notice", said);
  notice.title = EXACT.format(new Date(event.at));
  return notice;
}

/**
 * A message; under the same name and picture as the one before when it followed soon.
 *
 * @param retry sends a message that failed again
 * @param discard gives it up
 */
export function messageElement(event, before, retry, discard) {
  const follows =
    before?.kind === "message" &&
    before.sender === event.sender &&
    new Date(event.at) - new Date(before.at) < GROUP_MS;
  const article = make("article", follows ? "message" : "message first");
  article.dataset.testid = "message";
  if (event.state) {
    article.dataset.state = event.state;
  }
  if (!follows) {
    const avatar = make("div", "avatar", event.sender[0].toUpperCase());
    avatar.setAttribute("aria-hidden", "true");
    const header = make("header", "");
    const time = make("time", "", TIME.format(new Date(event.at)));
    time.dateTime = event.at;
    time.title = EXACT.format(new Date(event.at));
    header.append(make("strong", "", event.sender), time);
    article.append(avatar, header);
  }
  article.append(textElement(event.text));
  if (MARKS[event.state]) {
    article.append(markElement(event, retry, discard));
  }
  return article;
}

/** Text is shown as text; only what is plainly a web address becomes a link. */
function textElement(text) {
  const shown = make("div", "text");
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const link = make("a", "", match[0]);
    link.href = match[0];
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    shown.append(text.slice(end, match.index), link);
    end = match.index + match[0].length;
  }
  shown.append(text.slice(end));
  return shown;
}

function markElement(event, retry, discard) {
  const mark = make("div", "mark", MARKS[event.state]);
  if (event.state === "failed") {
    const again = make("button", "", "Try again");
    again.addEventListener("click", retry);
    const away = make("button", "", "Discard");
    away.addEventListener("click", discard);
    mark.append(` ${event.reason ?? ""} `, again, " ", away);
  }
  return mark;
}
