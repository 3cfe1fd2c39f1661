"""What a correction rules about the answers to one version of a question."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Ruling(BaseModel):
    """How answers to a version are marked now. Of what follows the first that applies holds.

    `void`: they count for nothing, neither earned nor possible. `everyone`: each earns everything, blanks too.
    `accepts`: these responses earn everything. `dropped`: the option with this index is treated as not being there.
    `by_version`: the version (id) of the same question by whose content they are marked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    void: bool = False
    everyone: bool = False
    accepts: tuple[dict[str, Any], ...] = ()
    dropped: tuple[int, ...] = ()
    by_version: int | None = None
    corrections: tuple[int, ...] = ()
    """Ids of the corrections that made it, the oldest first."""
