"""Requests made by chance: a form of a page with something else in it, or a route with anything; then a twist."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes, urlencode

from flask import Flask

from tests.contracts.access import Scene, Values, Way, values_for, ways
from tests.contracts.forms import Form
from tests.fuzz import nonsense

FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
_BOUNDARY = b"x"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """A request. `way` is the route that it is meant for, None where its path has been tampered with."""

    role: str
    way: Way | None
    method: str
    path: bytes
    query: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = ""
    body: bytes = b""
    cookie: str = ""

    def __str__(self) -> str:
        """One line by which it is known again."""
        said = f"{self.role}: {self.method} {self.path[:150]!r}"
        rest = {"query": self.query[:80], "headers": self.headers, "type": self.content_type, "body": self.body[:400]}
        return said + "".join(f" {name}={value!r}" for name, value in rest.items() if value)


@dataclass
class Chance:
    """Makes requests, by one source of chance."""

    app: Flask
    scene: Scene
    random: Random
    forms: Mapping[str, Sequence[Form]]
    """The forms that each role finds on its pages."""
    names: Sequence[str]
    """Every name that a field has anywhere."""
    _ways: list[Way] = field(init=False)

    def __post_init__(self) -> None:
        self._ways = list(ways(self.app))

    def request(self, role: str) -> Asked:
        """The next request of somebody."""
        forms = self.forms[role]
        asked = self._of_form(role, self.random.choice(forms)) if forms and self._maybe(0.5) else self._of_route(role)
        for _ in range(self.random.choice((0, 0, 0, 1, 1, 2))):
            asked = self.random.choice(_TWISTS)(self, asked)
        return asked

    def _maybe(self, share: float) -> bool:
        return self.random.random() < share

    def _token(self, role: str) -> str:
        return self.scene.known[role][1]

    def _of_form(self, role: str, form: Form) -> Asked:
        pairs = [(name, str(value)) for name, values in form.data().items() for value in _listed(values)]
        for _ in range(self.random.choice((0, 1, 1, 2, 5))):
            self._spoil(pairs)
        button = self.random.choice(form.buttons) if form.buttons and self._maybe(0.8) else None
        if button is not None and button.name:
            pairs.append((button.name, button.value))
        path, _, query = (button or form).address.partition("#")[0].partition("?")
        way = self._meant(form.method, path)
        if form.method != "POST":
            return self._sent(role, way, "GET", path, urlencode(pairs, errors="replace"))
        pairs = [(name, self._token(role) if name == "csrf_token" else value) for name, value in pairs]
        asked = self._sent(role, way, "POST", path, query)
        files = [one.name for one in form.fields if one.kind == "file"]
        return self._with_files(asked, pairs, files) if files or self._maybe(0.1) else _with_form(asked, pairs)

    def _spoil(self, pairs: Pairs) -> None:
        """Change one field: what it holds, how often it is there, what it is called; or add another."""
        place = self.random.randrange(len(pairs)) if pairs else -1
        kind = self.random.choice(("value", "value", "value", "value", "drop", "twice", "name", "more"))
        if place < 0 or kind == "more":
            pairs.append((self.random.choice(self.names), nonsense.value(self.random)))
        elif pairs[place][0] == "csrf_token":
            return
        elif kind == "drop":
            del pairs[place]
        elif kind == "twice":
            pairs.append((pairs[place][0], nonsense.value(self.random)))
        elif kind == "name":
            pairs[place] = (nonsense.value(self.random), pairs[place][1])
        else:
            pairs[place] = (pairs[place][0], nonsense.value(self.random))

    def _of_route(self, role: str) -> Asked:
        way = self.random.choice(self._ways)
        path = self._path(way, values_for(way, self.scene.values))
        names = self.random.sample(list(self.names), self.random.randrange(12))
        pairs = [(name, nonsense.value(self.random)) for name in names]
        if way.method == "GET":
            return self._sent(role, way, "GET", path, urlencode(pairs, errors="replace"))
        return _with_form(self._sent(role, way, way.method, path), [("csrf_token", self._token(role)), *pairs])

    def _path(self, way: Way, values: Values) -> str:
        """The address of these records; a number in it is another one now and then."""
        odd = {
            name: self.random.choice((0, 2, 3, 5, 999, 2**31, 2**63, 10**30))
            for name in way.arguments
            if isinstance(values[name], int) and self._maybe(0.12)
        }
        return way.address(self.app, {**values, **odd})

    def _meant(self, method: str, path: str) -> Way | None:
        adapter = self.app.url_map.bind("localhost")
        if not adapter.test(path, method):
            return None
        endpoint, _ = adapter.match(path, method)
        return next(way for way in self._ways if (way.endpoint, way.method) == (endpoint, method))

    def _sent(self, role: str, way: Way | None, method: str, path: str, query: str = "") -> Asked:
        return Asked(
            role, way, method, unquote_to_bytes(path), query.encode(), cookie=f"quizapp={self.scene.known[role][0]}"
        )

    def _with_files(self, asked: Asked, pairs: Pairs, files: Sequence[str]) -> Asked:
        parts = [(f'name="{name}"', value.encode(errors="replace")) for name, value in pairs if name not in files]
        for name in files or [self.random.choice(self.names)]:
            filename, content = nonsense.file(self.random)
            parts.append((f'name="{name}"; filename="{filename}"', content))
        body = b"".join(
            b"--x\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + content + b"\r\n"
            for head, content in parts
        )
        return replace(asked, content_type=FILES, body=body + b"--x--\r\n")

    def another_method(self, asked: Asked) -> Asked:
        """The same by a method that is not meant."""
        return replace(asked, method=self.random.choice(nonsense.METHODS), way=None)

    def another_path(self, asked: Asked) -> Asked:
        """A piece of the path is something else, or comes on top."""
        pieces = asked.path.split(b"/")
        place, piece = self.random.randrange(len(pieces)), self.random.choice(nonsense.PATHS)
        pieces[place : place + self.random.choice((0, 1))] = [self.random.choice((piece, unquote_to_bytes(piece)))]
        return replace(asked, path=b"/" + b"/".join(pieces).lstrip(b"/"), way=None)

    def another_query(self, asked: Asked) -> Asked:
        """Something in the query that belongs into the form, or nowhere."""
        pairs = [(self.random.choice(self.names), nonsense.value(self.random)) for _ in range(self.random.randrange(9))]
        odd = self.random.choice(
            (b"%ff", b"&&=", b"a[]=1&a[b]=2", b"%", b"page=" + b"9" * 50, b"\xff\xfe", b"next=//x")
        )
        return replace(asked, query=asked.query + b"&" + urlencode(pairs, errors="replace").encode() + b"&" + odd)

    def another_body(self, asked: Asked) -> Asked:
        """Bytes that are no form, under any name; now and then with a token in the header, so that they are read."""
        headers = (("X-CSRFToken", self._token(asked.role)),) if self._maybe(0.7) else ()
        kinds = (nonsense.TYPES, (FORM, FILES))
        return replace(
            asked,
            method="POST",
            way=asked.way if asked.method == "POST" else None,
            body=self.random.choice(nonsense.BYTES),
            content_type=self.random.choice(self.random.choice(kinds)),
            headers=asked.headers + headers,
        )

    def as_json(self, asked: Asked) -> Asked:
        """What the form says as JSON, or JSON that goes deep."""
        depth = self.random.choice((1, 50, 5_000))
        body = b'{"answer": [' * depth + b'"1"' + b"]}" * depth
        headers = (*asked.headers, ("X-CSRFToken", self._token(asked.role)))
        return replace(asked, content_type="application/json", body=body, headers=headers)

    def other_headers(self, asked: Asked) -> Asked:
        """Headers that lie."""
        return replace(
            asked, headers=(*asked.headers, *self.random.sample(nonsense.HEADERS, self.random.randint(1, 4)))
        )

    def forged_cookie(self, asked: Asked) -> Asked:
        """A session that was signed by nobody, or is somebody else's cut and mended; nobody's, therefore."""
        theirs = self.scene.known["owner"][0]
        head, _, rest = theirs.partition(".")
        forged = self.random.choice(
            (
                "",
                "x" * 5_000,
                theirs[:-9] + ("A" if theirs[-9] != "A" else "B") + theirs[-8:],
                f"{head}x.{rest}",
                f"{head}.{rest.rpartition('.')[0]}.{self.scene.known['viewer'][0].rpartition('.')[2]}",
                "eyJfdXNlcl9pZCI6IjM6MSJ9.aaaaaa.AAAAAAAAAAAAAAAAAAAAAAAAAAA",
                quote_from_bytes(self.random.randbytes(60)),
                theirs + "\\",
            )
        )
        return replace(asked, cookie=f"quizapp={quote(forged, safe='=._-!')}", role="visitor", way=asked.way)

    def forged_token(self, asked: Asked) -> Asked:
        """The token of another session, or none."""
        token = self.scene.known[self.random.choice(list(self.scene.known))][1]
        body = asked.body.replace(self._token(asked.role).encode(), self.random.choice((b"", token.encode(), b"x")))
        return replace(asked, body=body)


def _listed(values: object) -> Sequence[object]:
    return values if isinstance(values, list) else [values]


def _with_form(asked: Asked, pairs: Pairs) -> Asked:
    return replace(asked, content_type=FORM, body=urlencode(pairs, errors="replace").encode())


_TWISTS: tuple[Callable[[Chance, Asked], Asked], ...] = (
    Chance.another_method,
    Chance.another_path,
    Chance.another_query,
    Chance.another_body,
    Chance.as_json,
    Chance.other_headers,
    Chance.other_headers,
    Chance.forged_cookie,
    Chance.forged_token,
)
