"""What a correction rules about the answers to one version of a question."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Ruling(BaseModel):
    """How answers to a version are marked now. Of what follows the first that applies holds.

    `void`: they count for nothing, neither earned nor possible. `everyone`: each earns everything, blanks too.
    `accepts`: these responses earn everything. `dropped`: the options with these indexes are treated as not being
    there. `by_version`: the version (id) of the same question by whose content they are marked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    void: bool = False
    everyone: bool = False
    accepts: tuple[dict[str, Any], ...] = ()
    dropped: tuple[int, ...] = ()
    by_version: int | None = None
    corrections: tuple[int, ...] = ()
    """Ids of the corrections that made it, the oldest first."""

    def voided(self) -> Self:
        """With answers that count for nothing."""
        return self._changed(void=True)

    def for_everyone(self) -> Self:
        """With everything for everybody."""
        return self._changed(everyone=True)

    def accepting(self, response: dict[str, Any]) -> Self:
        """With one more response that earns everything."""
        others = tuple(accepted for accepted in self.accepts if accepted != response)
        return self._changed(accepts=(*others, response))

    def dropping(self, option: int) -> Self:
        """Without one more option, which is not accepted any more either."""
        return self._changed(dropped=tuple(sorted({*self.dropped, option})))

    def marking_by(self, version_id: int, keeping_accepted: bool = False) -> Self:
        """With another version to mark by. What was accepted beside an older key goes, unless it is to be kept."""
        return self._changed(by_version=version_id, accepts=self.accepts if keeping_accepted else ())

    def made_by(self, correction_id: int) -> Self:
        """With one more correction that made it."""
        return self.model_copy(update={"corrections": (*self.corrections, correction_id)})

    def _changed(self, **update: Any) -> Self:
        """The newest deed decides: a question that is corrected in another way is neither void nor a present."""
        return self.model_copy(update={"void": False, "everyone": False, **update})
