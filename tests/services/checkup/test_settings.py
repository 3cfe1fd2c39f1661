"""Settings that do not go together are found, each with its remedy."""

from typing import Any

import pytest

from quizapp.config import SETTINGS
from quizapp.services.checkup import State, look_at_settings

USUAL = {setting.name: setting.default for setting in SETTINGS} | {"SECRET_KEY": "x" * 64}
POSTGRES = {"DATABASE": "postgresql://host/quiz"}
OIDC = {"OIDC_ISSUER": "https://school", "OIDC_CLIENT_ID": "quiz", "OIDC_CLIENT_SECRET": "s"}


def test_what_is_usual_is_in_order() -> None:
    assert {found.state for found in look_at_settings(USUAL)} == {State.OK}


@pytest.mark.parametrize(
    ("settings", "about", "state"),
    [
        ({"SECRET_KEY": "short"}, "secret key", State.MEND),
        ({"HTTPS": True}, "https", State.MEND),
        ({"HTTPS": True, "PROXIES": 1}, "https", State.OK),
        ({"HOST": "0.0.0.0"}, "https", State.LOOK),
        ({"PROXIES": 1}, "https", State.LOOK),
        ({"HTTPS": True, "PROXIES": 1}, "host names", State.LOOK),
        ({"TRUSTED_HOSTS": ["quiz.school"]}, "host names", State.OK),
        ({"TRUSTED_HOSTS": ["https://quiz.school"]}, "host names", State.MEND),
        ({"PROCESSES": 2}, "processes", State.MEND),
        ({"PROCESSES": 2, **POSTGRES}, "processes", State.LOOK),
        ({"PROCESSES": 2, "LIMITS_STORAGE": "redis://host", **POSTGRES}, "processes", State.OK),
        ({"POOL_SIZE": 2, **POSTGRES}, "processes", State.MEND),
        ({"POOL_SIZE": 2}, "processes", State.OK),
        (OIDC, "sign-in elsewhere", State.OK),
        ({**OIDC, "OIDC_CLIENT_SECRET": ""}, "sign-in elsewhere", State.MEND),
        ({**OIDC, "OIDC_ISSUER": "http://school"}, "sign-in elsewhere", State.LOOK),
    ],
)
def test_each_setting_is_judged_with_those_it_goes_with(settings: dict[str, Any], about: str, state: State) -> None:
    found = {finding.about: finding for finding in look_at_settings(USUAL | settings)}
    assert found[about].state is state
    assert bool(found[about].remedy) is (state is not State.OK)
