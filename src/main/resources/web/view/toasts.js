import { render } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { html, useModels } from "./html.js";
import { IconButton } from "./icons.js";
import { say } from "../words/en/shell.js";

/**
 * Notices that go away by themselves; screen readers say them. They are over everything, dialogs too, and can be used there:
 * their place is within the uppermost modal dialog, for all else is inert while that is open, and in the browser's top layer.
 *
 * @param {{toasts: Page.Toasts}} properties
 */
export function Toasts({ toasts }) {
  useModels(toasts);
  const [place] = useState(placeOfToasts);
  useLayoutEffect(() => {
    // A dialog may be opened or closed without another redraw.
    const raise = () => toTop(place);
    document.addEventListener("toggle", raise, true);
    return () => {
      document.removeEventListener("toggle", raise, true);
      render(null, place);
      place.remove();
    };
  }, []);
  useLayoutEffect(() => {
    toTop(place);
    render(html`${toasts.shown.map((toast) => html`<${Toast} key=${toast.id} toasts=${toasts} ...${toast} />`)}`, place);
  });
  return null;
}

/** @param {{toasts: Page.Toasts, id: number, kind: string, text: string}} properties */
function Toast({ toasts, id, kind, text }) {
  const dismiss = () => {
    toasts.dismiss(id);
    // The pointer leaves no element that is gone.
    toasts.release();
  };
  return html`<div
    class="toast"
    data-kind=${kind}
    onMouseEnter=${() => toasts.hold()}
    onMouseLeave=${() => toasts.release()}
    onFocusIn=${() => toasts.hold()}
    onFocusOut=${() => toasts.release()}
  >
    <span>${text}</span>
    <${IconButton} icon="close" label=${say("dismiss")} onClick=${dismiss} />
  </div>`;
}

function placeOfToasts() {
  const place = document.createElement("div");
  place.className = "toasts";
  place.setAttribute("role", "status");
  place.dataset.testid = "toasts";
  place.popover = "manual";
  return place;
}

const uppermost = () => [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;

/** A popover that is moved, or whose dialog is gone, is closed. @param {HTMLElement} place */
function toTop(place) {
  const parent = uppermost();
  if (place.parentNode !== parent) {
    parent.append(place);
    place.showPopover?.();
  }
}
