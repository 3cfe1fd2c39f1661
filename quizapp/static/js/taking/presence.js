// Where a quiz is taken for a class, the page says every twenty seconds that it is there, so that the teacher sees who
// may have lost the connection. Nothing depends on it: what fails is said again the next time.

const EVERY = 20_000; // milliseconds

export function startPresence(page) {
  const address = page.root.dataset.hereAddress;
  if (!address) return;
  let isTold = true; // whether the server takes it: an attempt that has ended, or is another's, is left alone

  async function tell() {
    if (!isTold) return;
    const token = document.querySelector("input[name=csrf_token]")?.value ?? "";
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: { "X-CSRFToken": token },
        redirect: "error",
        cache: "no-store",
      });
      if (response.status === 404) isTold = false;
    } catch {
      // Offline: the teacher sees since when.
    }
  }

  page.addEventListener("signed-in", () => {
    isTold = true;
    tell();
  });
  addEventListener("online", tell);
  setInterval(tell, EVERY);
  tell();
}
