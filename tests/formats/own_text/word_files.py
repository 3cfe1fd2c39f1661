"""Word files for tests, made as a person would make them."""

import io
import zipfile
from collections.abc import Callable

from docx import Document
from docx.document import Document as WordDocument


def word_file(fill: Callable[[WordDocument], None]) -> bytes:
    """The bytes of a file with what `fill` puts into it."""
    document = Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def essay(document: WordDocument) -> None:
    """A title, two headings, a paragraph with words marked, and a list."""
    document.core_properties.title, document.core_properties.author = "The long way", "N. Body"
    document.add_heading("The long way", 0)
    document.add_heading("Setting out", 1)
    paragraph = document.add_paragraph("They left ")
    paragraph.add_run("at dawn, ").italic = True
    paragraph.add_run("and").bold = True
    paragraph.add_run(" never came back.")
    document.add_heading("What they took", 1)
    document.add_paragraph("bread", style="List Bullet")
    document.add_paragraph("salt", style="List Bullet")
    document.add_paragraph("first", style="List Number")
    document.add_paragraph("second", style="List Number")


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files, packed as tightly as it goes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The same file with the XML of its text changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**files, "word/document.xml": change(files["word/document.xml"])})
