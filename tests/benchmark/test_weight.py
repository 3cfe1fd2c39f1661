"""The attempt page is light enough for a slow line, and all that it loads is weighed."""

from tests.benchmark.weight import LIMIT, weigh
from tests.conftest import Browser


def test_the_attempt_page_stays_under_its_weight(ayesha: Browser) -> None:
    attempt = ayesha.start("whole-test")
    pages = [f"/attempts/{attempt}/questions/{position}" for position in range(1, 9)]
    weights = [weigh(lambda address: ayesha.get(address).data, page) for page in pages]
    assert max(weight.total for weight in weights) < LIMIT, weights


def test_what_a_module_imports_is_weighed_once() -> None:
    site = {
        "/page": b'<link rel="stylesheet" href="/s/a.css"><script type="module" src="/s/js/a.js"></script>',
        "/s/a.css": b"p { color: red }",
        "/s/js/a.js": b'import { b } from "./b.js"; import "./deep/c.js";',
        "/s/js/b.js": b"export const b = 1;",
        "/s/js/deep/c.js": b'import { b } from "../b.js"; const later = import("../d.js");',
        "/s/js/d.js": b"",
    }
    found = weigh(site.__getitem__, "/page")
    assert found.files == 5
    assert found.plain == sum(map(len, site.values()))
