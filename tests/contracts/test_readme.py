"""What the README says of settings and commands is what there is."""

import re
from pathlib import Path

import click
import pytest

from quizapp.cli import commands
from quizapp.config import SETTINGS

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def shown(default: object) -> str:
    """A default as the table shows it."""
    return (
        {"": "", False: "no", True: "yes"}.get(default, f"`{default}`")
        if isinstance(default, str | bool)
        else ("" if default == [] else f"`{default}`")
    )


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_in_the_table_with_its_default_and_meaning(setting: object) -> None:
    row = f"| `{setting.variable}` | {shown(setting.default)} | {setting.meaning} |"  # type: ignore[attr-defined]
    assert row.replace("|  |", "| |") in README


def every_command(group: click.Group, prefix: str = "quizapp") -> list[str]:
    """The commands that do something, as they are typed."""
    found: list[str] = []
    for name, command in group.commands.items():
        found += (
            every_command(command, f"{prefix} {name}") if isinstance(command, click.Group) else [f"{prefix} {name}"]
        )
    return found


def test_the_commands_of_the_table_are_the_commands_there_are() -> None:
    documented = set(re.findall(r"^\| `(quizapp(?: [a-z-]+)+)", README, flags=re.MULTILINE))
    assert documented == set(every_command(commands))


def section(heading: str) -> str:
    """What stands below a heading, in one line, up to the next of the same rank or a higher one."""
    rank = heading.count("#")
    below = rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{rank}}} |\Z)"
    found = re.search(below, README, re.MULTILINE | re.DOTALL)
    assert found is not None, heading
    return " ".join(found[1].split())


@pytest.mark.parametrize(
    ("heading", "phrase"),
    [
        ("### Signing in", "as many devices"),
        ("### Signing in", "whatever happens at the provider"),
        ("### Watch it", "| the log |"),
        ("### Watch it", "| the audit log |"),
        ("## Privacy", "Most sensitive"),
        ("## Privacy", "never in a download"),
        ("## Security", "To replace it"),
        ("## Security", "argon2id"),
        ("## Security", "HMAC by itsdangerous"),
        ("## Security", "SHA-256"),
        ("## Security", "install updates monthly"),
    ],
)
def test_what_whoever_runs_a_site_must_know_of_its_security_stands_where_it_is_looked_for(
    heading: str, phrase: str
) -> None:
    assert phrase in section(heading)
