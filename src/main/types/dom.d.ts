/**
 * The document as the page uses it: what it looks for, and listens on, are elements of HTML. Its drawings (SVG) have no code, and no
 * element is in another document.
 */
interface ParentNode {
  querySelector(selectors: string): HTMLElement | null;
  querySelectorAll(selectors: string): NodeListOf<HTMLElement>;
}

interface Element {
  closest(selectors: string): HTMLElement | null;
}

interface Document {
  readonly activeElement: HTMLElement | null;
}

interface FocusEvent {
  readonly target: HTMLElement;
}

interface KeyboardEvent {
  readonly target: HTMLElement;
  readonly currentTarget: HTMLElement;
}

interface MouseEvent {
  readonly target: HTMLElement;
  readonly currentTarget: HTMLElement;
}

interface SubmitEvent {
  readonly target: HTMLFormElement;
  readonly currentTarget: HTMLFormElement;
}

interface TouchEvent {
  readonly target: HTMLElement;
}
