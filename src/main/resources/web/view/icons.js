import { html } from "./html.js";

/** Line icons on a grid of 24, one path each. */
/** @type {Record<string, string>} */
const PATHS = {
  archive: "M4 8v11h16V8M3 4h18v4H3zM10 12h4",
  back: "M15 5l-7 7 7 7",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.5V12l3 2.5",
  close: "M6 6l12 12M18 6L6 18",
  compass: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM16 8l-2.5 5.5L8 16l2.5-5.5z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  device: "M4 5h16v11H4zM2 20h20",
  direct: "M4 5h16v11H9l-5 4z",
  down: "M12 5v14M6 13l6 6 6-6",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  failed: "M12 7v6M12 16.5v.5M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  find: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5",
  hash: "M9 4L7 20M17 4l-2 16M4 9h17M3 15h17",
  hide: "M4 12s3-6 8-6 8 6 8 6-3 6-8 6-8-6-8-6zM4 4l16 16",
  help: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 17v.2",
  leave: "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M12 6v.1M12 12v.1M12 18v.1",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  people:
    "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 20a6.5 6.5 0 0 1 13 0M16 5.5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6",
  plus: "M12 5v14M5 12h14",
  quiet: "M6 16V11a6 6 0 0 1 9-5.2M18 11v5l2 2H8M10 21h4M4 4l16 16",
  reply: "M10 6l-6 6 6 6M4 12h9a7 7 0 0 1 7 7",
  save: "M6 4h12v16l-6-4-6 4z",
  send: "M4 12l16-8-5 17-4-7zM11 14l9-10",
  settings:
    "M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM8 14.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z",
  smile: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM8.5 14a4 4 0 0 0 7 0M9 9.5v.1M15 9.5v.1",
  sort: "M4 7h16M7 12h10M10 17h4",
  star: "M12 4l2.5 5.2 5.7.8-4.1 4 1 5.7-5.1-2.7-5.1 2.7 1-5.7-4.1-4 5.7-.8z",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5L19 19M19 5l-1.5 1.5M6.5 17.5L5 19",
  thread: "M4 5h16v10h-9l-4 4v-4H4zM8 9h8M8 12h5",
  up: "M12 19V5M6 11l6-6 6 6",
  unread: "M20 11v8H4V5h9M7 9h5M7 13h8M18.5 3.5a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  unfold: "M7 10l5 5 5-5",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
};

/** Icons that point in the direction of reading: mirrored from right to left. */
const TURNED = new Set(["back", "leave", "reply", "send", "sort", "thread", "unread"]);

/** An icon. The element around it has the meaning for screen readers. @param {{name: string}} properties */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" data-turns=${TURNED.has(name) || undefined}><path d=${PATHS[name]} /></svg>`;
}

/**
 * An icon button, with its name for screen readers and as a tooltip.
 *
 * @param {{icon: string, label: string, testid: string, pressed?: boolean, children?: Page.Children, [more: string]: unknown}} properties
 */
export function IconButton({ icon, label, testid, pressed, children, ...rest }) {
  return html`<button
    type="button"
    class="icon-button"
    aria-label=${label}
    title=${label}
    data-testid=${testid}
    aria-pressed=${pressed}
    ...${rest}
  ><${Icon} name=${icon} />${children}</button>`;
}
