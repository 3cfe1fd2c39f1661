// While the student is signed out, or somebody else is signed in, answers wait in the outbox. Signing in again in
// another tab is enough: the page asks for a fresh token when it is seen again.

export function startSigning(page) {
  const { notices, words, courier } = page;
  page.addEventListener("signed-out", () => notices.say("signed-out", words("signed-out")));
  page.addEventListener("signed-in", () => {
    notices.settle("signed-out");
    // Twice, because an answer may be on its way with the old sign-in; what has arrived is not sent again.
    courier.sendAll().then(() => courier.sendAll());
  });
}
