/** Pause between two drawings of a hidden page, which has no animation frames. */
const HIDDEN_FRAME_MS = 100;

/** Components drawn in this frame; the value is true when one must be drawn again. @type {Map<() => void, boolean>} */
const drawn = new Map();

/**
 * Draws at once, and once more in the next frame when more has changed by then. So a single change has no delay, and
 * any number of changes costs two drawings a frame.
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
 * Draws at once, and later changes together after a pause: for parts of the page that change all the time while the
 * user looks elsewhere.
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
