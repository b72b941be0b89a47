"""What continuous integration is given: hooks, workflow and configuration name commands and keys that there are."""

import re
from pathlib import Path

import click
import pytest

from credit_dsl.cli.init import templates_folder
from credit_dsl.cli.main import main
from credit_dsl.readers.configuration import KEYS, Configuration, read_configuration

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PAGE = ROOT / "docs" / "how-to" / "check-in-ci.md"


def template(name: str) -> str:
    return templates_folder().joinpath(name).read_text(encoding="utf-8")


def commands_of(text: str) -> list[str]:
    """The commands of this tool that a file runs, each with its options."""
    return re.findall(r"credit-dsl ((?:check|fmt|test|eval)\b[^\n>|]*)", text)


@pytest.mark.parametrize(
    "text",
    [HOOKS.read_text("utf-8"), template("pre-commit-config.yaml"), template("credit-workflow.yml"), PAGE.read_text()],
    ids=["hooks", "pre-commit", "workflow", "page"],
)
def test_every_command_and_option_is_there(text: str) -> None:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(("name:", "#", "description:"))]
    found = commands_of("\n".join(lines))
    assert found
    for line in found:
        name, *words = line.split("`")[0].split()
        command = main.get_command(click.Context(main), name)  # type: ignore[attr-defined]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_the_page_shows_the_workflow_that_init_writes() -> None:
    assert f"```yaml workflow.yml\n{template('credit-workflow.yml')}```" in PAGE.read_text(encoding="utf-8")


def test_the_hooks_look_at_all_policies_but_for_the_layout() -> None:
    hooks = HOOKS.read_text(encoding="utf-8").split("- id: ")[1:]
    assert [hook.split()[0] for hook in hooks] == ["credit-check", "credit-fmt", "credit-test"]
    assert ["pass_filenames: false" in hook for hook in hooks] == [True, False, True]


def test_the_configuration_that_init_writes_is_right_with_every_line_of_it() -> None:
    text = template("credit-dsl.toml")
    assert isinstance(read_configuration("credit-dsl.toml", text), Configuration)
    said = re.sub(r"^# (?=[\[\w\"*/-]+(\]| =))", "", text, flags=re.MULTILINE)
    found = read_configuration("credit-dsl.toml", said)
    assert isinstance(found, Configuration), found
    assert found.selection.severity and found.selection.per_file and found.exclude


def test_the_page_about_configurations_names_every_key() -> None:
    page = (ROOT / "docs" / "how-to" / "configure-findings.md").read_text(encoding="utf-8")
    assert [key for key in KEYS if f"`{key}`" not in page] == []
