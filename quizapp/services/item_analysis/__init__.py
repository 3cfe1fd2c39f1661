"""Item analysis: what the answers of many students say about questions and quizzes."""

from quizapp.services.item_analysis.figures import QuestionFigures, question_figures

__all__ = ["QuestionFigures", "question_figures"]
