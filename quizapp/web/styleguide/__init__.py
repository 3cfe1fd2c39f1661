"""Every part of the interface on one page; in development only."""

from quizapp.web.styleguide.views import bp

__all__ = ["bp"]
