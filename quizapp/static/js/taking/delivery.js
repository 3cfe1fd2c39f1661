// One answer on its way to the server, and what the server's reply means. Only what says so itself counts as saved: the
// sign-in page of a hotel's network also answers 200.

const PATIENCE = 20_000; // milliseconds until a request without a reply counts as failed

function body(entry) {
  const form = new URLSearchParams();
  if (entry.values !== null) {
    for (const value of entry.values) form.append("answer", value);
    form.set("certainty", entry.certainty ?? "");
    form.set("revision", entry.revision);
  }
  if (entry.flagged !== undefined) form.set("flagged", entry.flagged ? "1" : "0");
  return form;
}

async function json(response) {
  try {
    return (await response.json()) ?? {};
  } catch {
    return {};
  }
}

function meaning(status, told, entry) {
  if (status === 200 && told.state === "saved") return "saved";
  // The reply to an earlier try was lost on its way: what is saved is this very answer.
  if (status === 409 && told.state === "newer") return told.revision === entry.revision ? "saved" : "newer";
  if (status === 422 && told.state === "refused") return "refused";
  if (status === 410 && told.state === "closed") return "closed";
  return { 400: "stale", 404: "unknown", 413: "too-large" }[status] ?? "failed";
}

/**
 * Send an entry of the outbox.
 *
 * Gives {kind, sent, …what the server told}; `sent` is the page's stopwatch when it was asked. The kinds: saved · newer (a
 * newer answer is saved) · refused (it cannot be read, `problem` says why) · too-large · closed (no more answers are
 * taken) · stale (the token is of another sign-in) · unknown (nobody, or somebody else, is signed in) · failed.
 */
export async function deliver(entry, token, { keepalive = false } = {}) {
  const sent = performance.now();
  try {
    const response = await fetch(entry.address, {
      method: "POST",
      body: body(entry),
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      redirect: "error",
      cache: "no-store",
      signal: keepalive ? undefined : AbortSignal.timeout(PATIENCE),
      keepalive,
    });
    const told = await json(response);
    return { ...told, kind: meaning(response.status, told, entry), sent };
  } catch {
    return { kind: "failed", sent };
  }
}
