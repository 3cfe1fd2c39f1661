"""The single-choice part of the question editor."""

from quizapp.kinds.choices_editor import (
    ChoicesEditor,
    choices_from_content,
    choices_to_content,
    row_of_problem,
)

__all__ = ["Editor", "from_content", "row_of_problem", "to_content"]

Editor = ChoicesEditor
to_content = choices_to_content
from_content = choices_from_content
