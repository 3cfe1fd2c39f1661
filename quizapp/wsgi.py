"""The app for a WSGI server: `quizapp.wsgi:app`, configured by the environment."""

from quizapp import create_app

app = create_app()
