"""The kinds of question. A new kind is one folder here and one line in the registry."""

from typing import Any

from quizapp.kinds.base import Kind
from quizapp.kinds.cloze.kind import Cloze
from quizapp.kinds.essay.kind import Essay
from quizapp.kinds.matching.kind import Matching
from quizapp.kinds.multiple_response.kind import MultipleResponse
from quizapp.kinds.numeric.kind import Numeric
from quizapp.kinds.ordering.kind import Ordering
from quizapp.kinds.short_answer.kind import ShortAnswer
from quizapp.kinds.single_choice.kind import SingleChoice
from quizapp.kinds.true_false.kind import TrueFalse

KINDS: dict[str, Kind[Any, Any]] = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        MultipleResponse(),
        TrueFalse(),
        ShortAnswer(),
        Numeric(),
        Matching(),
        Ordering(),
        Cloze(),
        Essay(),
    )
}


def kind_named(name: str) -> Kind[Any, Any]:
    """The kind called `name`. Raises KeyError where there is none."""
    return KINDS[name]
