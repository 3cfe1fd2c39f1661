"""What is sent where something sensible is expected: words, numbers, bytes, files and headers."""

import io
import zipfile
from random import Random

LIKELY = (
    "", "0", "1", "2", "3", "7", "on", "yes", "no", "rise", "fall", "harbour", "founder", "draft", "published",
    "retired", "recall", "cause", "practice", "test", "view", "edit", "own", "nothing", "attempts", "ayesha", "tahir",
    "2026-03-20T10:00", "1.5", "key", "void", "everyone", "own-feedback", "Ouzel", "[[1]]", "numeric", "essay",
)  # fmt: skip
"""Values that get far: a form takes some of them."""
WORDS = (
    "\x00", "\x00rise", "\r\nSet-Cookie: a=b", "\u202egnp.exe", "\ufeff", "\u200b", "İ", "ß" * 41, "ﬀ", "١٢", "５",
    "a\u0301" * 200, "👩‍👩‍👧‍👦" * 30, "💥", "\ud7ff", "\uffff", "\U0010ffff", "x" * 81, "x" * 301, "x" * 5_000,
    "x" * 70_000, "\n" * 900, " " * 900, "\t", "<script>xss()</script>", "{{7*7}}", "${7*7}", "%s%n%d", "%00", "..",
    "../../etc/passwd", "' OR 1=1 --", "\\", '"', "'", "`", "*" * 999, "[" * 400, "_" * 400 + "a" + "_" * 400,
    "[a](javascript:1)", "> " * 300, "- " * 300, "&#0;", "&lt;", "null", "None", "undefined", "true", "\ue000",
    "\ue400", "https://[", "//evil.example", "/\\evil.example", "javascript:1", "=1+1", "@SUM(A1)", "a,b\nc", "\x1f",
)  # fmt: skip
"""Text that something stumbles over: a parser, a page, a spreadsheet, a column that is too short."""
NUMBERS = (
    "-1", "-0", "00", "01", "+1", "1e3", "1e400", "-1e400", "nan", "inf", "-inf", "1_000", " 5 ", "0x10", "1,5", "½",
    "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616", "9" * 400,
    "0." + "0" * 400 + "1", "1/3", "²", "٣", "9" * 4301,
    "--1", "1.", ".5", "1e-400", "5e-324", "1.7976931348623157e308",
)  # fmt: skip
DATES = (
    "2026-02-30T10:00", "0000-00-00T00:00", "0001-01-01T00:00", "9999-12-31T23:59", "10000-01-01T00:00", "2026-13-01",
    "2026-03-14", "2026-03-14T24:00", "2026-03-14T12:00Z", "2026-03-14T12:00+99:00", "-0044", "now",
)  # fmt: skip
BYTES = (
    b"", b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"a=%ff&b=%fe%80", b"=", b"&&&==&", b"a" * 600_000, b"\x00" * 64,
    b"csrf_token=%00", b"[" * 60_000, b'{"a":' * 20_000, b'{"answer": "1", "revision": 1}', b"<?xml version='1.0'?><a>",
    b'--x\r\nContent-Disposition: form-data; name="answer"\r\n\r\n1', b"--x--", b"--x\r\n\r\n--x\r\n", b"\r\n\r\n",
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../a"\r\n\r\n\xff\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name*=utf-9\'\'%ff; name="\xff"\r\n\r\n1\r\n--x--\r\n',
    b"&".join(b"a%d=1" % number for number in range(3_000)), b"&".join([b"answer=1"] * 3_000),
)  # fmt: skip
"""Bodies that are no form, or hardly one."""
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data",
    "multipart/form-data; boundary=x", "multipart/form-data; boundary=" + "x" * 300, "multipart/form-data; boundary=é",
    "application/json", "application/json; charset=utf-7", "text/plain", "text/xml", "application/octet-stream", "",
    "nonsense", "a/b; c=\"", "multipart/mixed; boundary=x",
)  # fmt: skip
HEADERS = (
    ("Host", "evil.example"), ("Host", "localhost:99999"), ("Host", "a b"), ("Host", ""), ("Host", "[::1"),
    ("X-Forwarded-For", "1.2.3.4, 5.6.7.8"), ("X-Forwarded-For", "x" * 4_000), ("X-Forwarded-Proto", "javascript"),
    ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Prefix", "/evil"), ("Forwarded", "for=_x;host=evil.example"),
    ("Accept-Language", "xx-" * 900), ("Accept-Language", "en;q=nan"), ("Accept-Language", "*;q=9" * 30),
    ("Accept", "application/json"), ("Accept", "*" * 2_000), ("Range", "bytes=0-0,1-1," * 99), ("Range", "bytes=9-1"),
    ("If-None-Match", '"' + "x" * 900), ("If-None-Match", "*"), ("If-Modified-Since", "Sun, 99 Foo 2026"),
    ("If-Range", '"x"'), ("If-Match", "*"), ("Referer", "javascript:1"), ("Referer", "http://evil.example/\x01"),
    ("Origin", "null"), ("Origin", "http://evil.example"), ("Content-Encoding", "gzip"), ("Expect", "100-continue"),
    ("X-HTTP-Method-Override", "DELETE"), ("X-Request-ID", "<script>" * 40), ("X-Request-ID", "a\tb"),
    ("User-Agent", "<script>xss()</script>"), ("User-Agent", ""), ("Authorization", "Bearer x"),
    ("Authorization", "Basic !!!"), ("X-CSRFToken", "x"), ("Cookie", "quizapp"), ("Cookie", "a=b; " * 400),
    ("Cookie", 'quizapp="\\777"; $Path=/'), ("Sec-Fetch-Site", "cross-site"), ("Content-Length", "-1"),
    ("Content-Length", "99999999999999999999"), ("Content-Length", "x"), ("Transfer-Encoding", "chunked"),
    ("Connection", "upgrade"), ("Upgrade", "websocket"), ("Max-Forwards", "0"), ("X-Real-IP", "::1%x"),
)  # fmt: skip
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get", "X" * 60)
PATHS = (
    b"%2e%2e", b"..", b"%00", b"\x00", b"\xff", b"%c0%af", b"%252e%252e%252f", b"//", b"/./", b";x=1", b"%0d%0aX:1",
    b"\\", b"~", b".git/config", b"%F0%9F%92%A5", b"%e2%80%ae", b"?", b"#", b"a" * 9_000, b"*", b"-1", b"1.0", b"%31",
)  # fmt: skip


def value(chance: Random) -> str:
    """Something for a field."""
    return chance.choice(chance.choice((LIKELY, LIKELY, WORDS, NUMBERS, DATES)))


def file(chance: Random) -> tuple[str, bytes]:
    """A file's name and content: what it says it is, cut short, or something else."""
    name = chance.choice(("a.docx", "a.csv", "a.md", "a.txt", "../../a.docx", "a\x00.docx", "é" * 200, "", "a.exe"))
    content = chance.choice(
        (b"", b"\xff\xfea\x00", "name,username\nÉa,éa\n".encode("utf-16"), b"PK\x03\x04", archive())
    )
    return name, chance.choice((content, content[: len(content) // 2], chance.randbytes(200), b"a,b\n" * 900))


def archive() -> bytes:
    """A zip file as a word processor's, whose parts are none."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
        parts.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' + " " * 100_000)
        parts.writestr("../../evil", "x")
    return kept.getvalue()
