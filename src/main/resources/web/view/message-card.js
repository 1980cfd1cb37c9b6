import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { MessageText } from "./message-text.js";
import { exactTime, dayName, timeOfDay } from "./time.js";

/**
 * A message out of its place, which leads to where it was said.
 *
 * @param {{chat: any, message: any, testid: string, where?: string, found?: string[]}} props `where` is the name of its
 *   room, `found` are the words to be marked in it
 */
export function MessageCard({ chat, message, testid, where, found = [] }) {
  const text = useRef(null);
  const name = chat.people.name(message.sender);
  const said = message.text ?? "";
  useLayoutEffect(() => mark(text.current, found), [said, found.join("\n")]);
  return html`<article class="card" data-testid=${testid}>
    <header class="message-head">
      <${Avatar} small user=${message.sender} name=${name} />
      <strong class="sender">${name}</strong>
      <button class="card-link" data-testid="jump" aria-label=${`Show where ${name} said it`} title=${exactTime(message.at)} onClick=${() => chat.jump(message.room, message)}>
        <time datetime=${message.at}>${dayName(message.at)}, ${timeOfDay(message.at)}</time>
      </button>
    </header>
    <${MessageText} key=${`${said}\n${found}`} text=${said} mentions=${message.mentions} user=${chat.user} place=${text} />
    ${where && html`<span class="hint">${where}</span>`}
  </article>`;
}

/** Marks words in what is drawn, whatever Markdown has made of the text around them. */
function mark(element, words) {
  if (words.length === 0) {
    return;
  }
  const pattern = new RegExp(words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    texts.push(walker.currentNode);
  }
  for (const text of texts) {
    for (const { 0: word, index } of [...text.data.matchAll(pattern)].reverse()) {
      const marked = document.createElement("mark");
      const found = text.splitText(index);
      found.splitText(word.length);
      found.replaceWith(marked);
      marked.append(found);
    }
  }
}
