import { useEffect } from "preact/hooks";

/**
 * True when the pasted or dropped data is a file, and not a text with a picture of itself, as office programs copy it.
 *
 * @param {DataTransfer | null} data
 */
export function isFile(data) {
  const types = [...(data?.types ?? [])];
  return types.includes("Files") && !types.includes("text/plain");
}

/**
 * Refuses files that are dropped anywhere in the window, because the browser would leave the page for them.
 *
 * @param {boolean} isWanted true for the field that handles drops for the whole window
 * @param {() => void} refused
 */
export function useDroppedFiles(isWanted, refused) {
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    /** @param {DragEvent} dragged */
    const over = (dragged) => {
      if (isFile(dragged.dataTransfer)) {
        dragged.preventDefault();
      }
    };
    /** @param {DragEvent} dropped */
    const drop = (dropped) => {
      if (isFile(dropped.dataTransfer)) {
        dropped.preventDefault();
        refused();
      }
    };
    addEventListener("dragover", over);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("drop", drop);
    };
  }, [isWanted]);
}
