"""From how many answers on a figure is shown: below, it would tell of single people, or of chance."""

FACILITY_FROM = 5
"""Finished attempts; of fewer it would tell how one of them did."""
PROVISIONAL_BELOW = 30
"""Finished attempts: with fewer, the figure is called provisional."""
DISCRIMINATION_FROM = 30
GROUPS_FROM = 40
"""Finished attempts from which figures by groups of strong and weak attempts are shown."""
RELIABILITY_FROM = 30
RELIABILITY_QUESTIONS = 5
"""Questions of a form from which its reliability is shown."""
WRONG_ANSWERS_FROM = 20
"""Wrong answers from which it can be said that one of them is hardly given."""
TIME_FROM = 5
TYPED_FROM = 2
"""People who typed the same wrong answer; what one alone typed stays between them and their teacher."""
