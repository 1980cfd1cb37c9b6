/** Pause between two drawings of a page that nobody sees: it has no frames. */
const HIDDEN_FRAME_MS = 100;

/** Components that were drawn in this frame, and whether each is to be drawn once more. @type {Map<() => void, boolean>} */
const drawn = new Map();

/**
 * Draws at once, and again with the next frame when more has changed by then: one change is there without delay, and however
 * many come, they cost two drawings a frame.
 *
 * @param {() => void} draw the same function each time
 */
export function drawByFrame(draw) {
  if (drawn.has(draw)) {
    drawn.set(draw, true);
    return;
  }
  if (drawn.size === 0) {
    onNextFrame(drawAgain);
  }
  drawn.set(draw, false);
  draw();
}

/**
 * Draws at once, and whatever changes within a pause after that together at its end: for what changes all the time somewhere else
 * than where somebody looks.
 *
 * @param {() => void} draw @param {number} pauseMs @returns {() => void}
 */
export function paced(draw, pauseMs) {
  let isPausing = false;
  let isWanted = false;
  return function drawOrWait() {
    isWanted = isPausing;
    if (!isPausing) {
      isPausing = true;
      setTimeout(() => {
        isPausing = false;
        if (isWanted) {
          drawOrWait();
        }
      }, pauseMs);
      drawByFrame(draw);
    }
  };
}

function drawAgain() {
  const wanted = [...drawn].filter(([, again]) => again);
  drawn.clear();
  wanted.forEach(([draw]) => draw());
}

/** @param {() => void} act */
function onNextFrame(act) {
  if (document.hidden) {
    setTimeout(act, HIDDEN_FRAME_MS);
  } else {
    requestAnimationFrame(act);
  }
}
