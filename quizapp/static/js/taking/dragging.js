// Dragging with a mouse, a pen or a finger: pointer events, so that one way serves all. What is dragged follows the
// pointer; what it means is for the caller to say.

const TOLERANCE = 4; // pixels before a press becomes a drag

/**
 * Let a handle drag an element. `onMove(x, y)` is told where the pointer is, `onDrop(x, y)` where it was let go;
 * `onCancel()` that the drag came to nothing. A press without a drag stays a click.
 */
export function makeDraggable(handle, { onStart, onMove, onDrop, onCancel }) {
  let from = null;
  let isDragged = false;

  function end() {
    from = null;
    isDragged = false;
  }

  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!from) return;
    const moved = Math.hypot(event.clientX - from.x, event.clientY - from.y);
    if (!isDragged && moved < TOLERANCE) return;
    if (!isDragged) onStart?.();
    isDragged = true;
    onMove(event.clientX, event.clientY, from);
  });
  handle.addEventListener("pointerup", (event) => {
    if (isDragged) onDrop(event.clientX, event.clientY);
    end();
  });
  for (const name of ["pointercancel", "lostpointercapture"]) {
    handle.addEventListener(name, () => {
      if (isDragged) onCancel?.();
      end();
    });
  }
}
