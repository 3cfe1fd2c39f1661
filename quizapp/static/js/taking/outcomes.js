// What becomes of the answers that were sent: the state of each question of the page, by what the server replied.
// It listens before the behaviours that show this state.

export function startOutcomes(page) {
  const { attempt, outbox, courier, clock, recorder, standing } = page;
  const isOvertaken = (entry) => (outbox.get(attempt, entry.slot)?.revision ?? 0) > entry.revision;

  function on(kind, then) {
    courier.addEventListener(kind, ({ detail }) => {
      clock.learn(detail.now, detail.sent);
      const slot = page.slotOf(detail.entry);
      if (slot) then(slot, detail);
    });
  }

  function end(state) {
    return (slot, { entry }) => {
      if (entry.values !== null && !isOvertaken(entry)) slot.state = state;
    };
  }

  on("saved", (slot, detail) => {
    slot.acknowledge(detail.revision);
    if (slot.state !== "behind") end("clean")(slot, detail);
  });
  on("newer", (slot, { entry, revision }) => {
    slot.acknowledge(revision);
    if (entry.flagged !== undefined) recorder.keepFlag(slot, entry.flagged);
    if (entry.values === null || outbox.get(attempt, entry.slot)?.values) return;
    slot.state = "behind";
    page.tell("behind", { slot });
  });
  for (const kind of ["refused", "too-large"]) on(kind, end("refused"));
  on("closed", end("closed"));
  for (const kind of ["stale", "unknown"]) {
    courier.addEventListener(kind, ({ detail: { entry } }) => entry.attempt === attempt && standing.signOut());
  }
}
