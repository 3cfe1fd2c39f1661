"""Several files in one, to be downloaded."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime


def zip_file(files: Mapping[str, bytes], made: datetime) -> bytes:
    """A ZIP of these files, by name, all dated `made`; equal files make equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            archive.writestr(entry, content, compress_type=zipfile.ZIP_DEFLATED)
    return packed.getvalue()
