// A part of a page, asked of the server. The browser reads the reply as a document itself: nowhere is a string made into
// HTML, so the policy of every page forbids that altogether (`require-trusted-types-for 'script'; trusted-types 'none'`).

/**
 * What the server replies: its status, whether another address replied (after a sign-in has ended), the reply's nodes,
 * and its version. A form is posted; a version that is known is said, and 304 is then a reply without nodes.
 * Fails where no reply comes, or none within `patience` milliseconds (0: as long as the browser waits).
 */
export function askForPart(address, { form = null, version = null, patience = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(form ? "POST" : "GET", address);
    request.responseType = "document";
    request.timeout = patience;
    if (version) request.setRequestHeader("If-None-Match", version);
    request.addEventListener("load", () =>
      resolve({
        status: request.status,
        isElsewhere: request.responseURL !== new URL(address, location.href).href,
        body: request.response?.body ?? document.createElement("body"),
        version: request.getResponseHeader("ETag"),
      }),
    );
    for (const failure of ["error", "timeout", "abort"]) {
      request.addEventListener(failure, () => reject(new Error(failure)));
    }
    request.send(form ? new FormData(form) : null);
  });
}
