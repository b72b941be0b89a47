"""What all commands have in common, and what a transcript cannot show."""

import json
import re
from pathlib import Path

import click
import jsonschema
import pytest
from click.testing import CliRunner, Result

from credit_dsl.cli.main import Commands, first_line, main
from credit_dsl.cli.support.codes import codes
from credit_dsl.cli.support.policies import programs_of
from credit_dsl.formats.decisions import decision_document
from credit_dsl.formats.format import format_named, formats, names_of
from credit_dsl.schema import decision_schema
from tests.formats.samples import DECISIONS

POLICY = 'policy small "Small" { version "1" currency EUR }\nrule late { hold when customer.days_overdue > 30 days }\n'


def names() -> list[str]:
    assert isinstance(main, Commands)
    return main.list_commands(click.Context(main))


def run(*arguments: str, text: str | bytes = "") -> Result:
    return CliRunner().invoke(main, arguments, input=text, prog_name="credit-dsl", terminal_width=78)


def test_there_are_the_commands_of_this_release() -> None:
    assert names() == ["check", "eval", "fmt", "init", "limits", "rule", "schema", "score", "stats", "test"]


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help_an_example_and_its_exit_status(name: str, option: str) -> None:
    shown = run(name, option)
    assert shown.exit_code == 0
    assert f"  credit-dsl {name}" in shown.stdout
    assert "Exit status: 0" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80


@pytest.mark.parametrize("name", names())
def test_the_list_of_commands_says_what_each_one_says(name: str) -> None:
    """The list reads the first lines of the modules, so that it loads none of them."""
    command = main.get_command(click.Context(main), name)  # type: ignore[attr-defined]
    assert command is not None
    assert command.short_help == first_line(name) != ""


def test_the_help_fits_a_terminal() -> None:
    assert max(map(len, run("--help").stdout.splitlines())) <= 80


def test_version() -> None:
    assert re.fullmatch(r"credit-dsl, version \d+\.\d+\.\d+\n", run("--version").stdout)


# ---------------------------------------------------------------- standard input


def test_a_policy_on_standard_input_is_checked_under_the_name_given() -> None:
    shown = run("check", "-", "--stdin-filename", "draft.credit", "--output-format", "concise", text="rule x { hald }")
    assert shown.exit_code == 2
    assert shown.stdout.startswith("draft.credit:1:")


def test_standard_input_that_is_no_text_is_refused() -> None:
    shown = run("check", "-", text=b"rule \xff")
    assert (shown.exit_code, shown.stderr.startswith("error: `<standard input>`: not UTF-8")) == (2, True)


def test_a_table_can_come_from_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("policy.credit").write_text(POLICY)
    Path("customers.csv").write_text("id,days_overdue\nC-1,31\n")
    options = ("--customers", "customers.csv", "--orders", "-", "--format", "csv", "--as-of", "2026-03-02", "--quiet")
    shown = run("eval", "policy.credit", *options, text="id,customer,amount\nSO-1,C-1,10.00\n")
    assert shown.exit_code == 0 and "SO-1   C-1        10.00  hold" in shown.stdout


# ---------------------------------------------------------------- files and folders


def test_a_folder_is_searched_once_whatever_links_lead_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "policy.credit").write_text(POLICY)
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    assert run("check", "--select", "E").stdout == "1 file is right\n"


def test_an_include_through_a_link_out_of_the_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.credit").write_text("define secret = 1\n")
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "link.credit").symlink_to(tmp_path / "secret.credit")
    (tmp_path / "policy" / "policy.credit").write_text(POLICY + 'include "link.credit"\n')
    monkeypatch.chdir(tmp_path / "policy")
    shown = run("check", "policy.credit")
    assert shown.exit_code == 2 and "must stay in the policy's folder" in shown.stdout


def test_a_large_policy_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("policy.credit").write_bytes(b"# " + b"x" * 17 * 1024 * 1024)
    shown = run("check", "policy.credit")
    assert (shown.exit_code, "larger than 16 MiB" in shown.stderr) == (2, True)


def test_output_keeps_the_permissions_of_the_file_that_it_replaces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("policy.credit").write_text(POLICY)
    Path("customers.csv").write_text("id,days_overdue\nC-1,31\n")
    Path("orders.csv").write_text("id,customer,amount\nSO-1,C-1,10.00\n")
    Path("out.csv").write_text("old\n")
    Path("out.csv").chmod(0o600)
    run("eval", "policy.credit", "--snapshot", ".", "--as-of", "2026-03-02", "--output", "out.csv")
    assert Path("out.csv").read_text().startswith("order,customer,")
    assert Path("out.csv").stat().st_mode & 0o777 == 0o600


def test_what_a_file_contains_cannot_steer_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("policy.credit").write_text(POLICY)
    Path("customers.csv").write_text("id,days_overdue\nC-1,31\n")
    Path("orders.csv").write_text("id,customer,amount\n\x1b[31mSO-1,C-1,10.00\nSO-2,\x1b]0;title\x07,\x1b[2J\n")
    shown = run("eval", "policy.credit", "--snapshot", ".", "--as-of", "2026-03-02")
    assert "\x1b" not in shown.output and "SO-1" in shown.output
    assert "\x1b" not in run("check", "-", text="rule \x1b[31m {").output


@pytest.mark.parametrize("name", ["decisions.csv", "decisions.jsonl", "decisions.parquet"])
def test_the_name_of_the_output_file_says_its_format(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("init", "mine")
    shown = run(
        *("eval", "mine/policy.credit", "--snapshot", "mine/data", "--as-of", "2026-03-02"),
        *("--at", "confirmation", "--output", name),
    )
    assert (shown.exit_code, shown.stdout) == (0, "")
    start = {"csv": b"order,", "jsonl": b'{"order"', "parquet": b"PAR1"}[name.partition(".")[2]]
    assert Path(name).read_bytes().startswith(start)


# ---------------------------------------------------------------- what programs read


def test_decisions_keep_to_their_schema() -> None:
    validator = jsonschema.Draft202012Validator(decision_schema())
    for decision in DECISIONS:
        validator.validate(decision_document(decision))


def test_the_schema_of_every_table_is_a_schema() -> None:
    shown = json.loads(run("schema").stdout)
    assert {"orders", "customers", "invoices", "decision"} <= set(shown)
    for schema in shown.values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_the_schema_knows_the_facts_of_a_policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("policy.credit").write_text(POLICY + "fact customer.paydex : number from 0 to 100\n")
    shown = json.loads(run("schema", "customers", "--policy", "policy.credit").stdout)
    assert "paydex" in shown["$defs"]["row"]["properties"]


def test_a_table_that_does_not_exist_has_no_schema() -> None:
    shown = run("schema", "order")
    assert (shown.exit_code, "credit-dsl schema orders" in shown.stderr) == (2, True)


def test_the_formats_are_those_of_the_folder() -> None:
    assert names_of("findings") == ["concise", "github", "gitlab", "json", "junit", "sarif", "text"]
    assert {"json", "text"} <= set(names_of("tests"))
    assert names_of("records") == ["csv", "jsonl", "parquet", "table"]
    assert all(entry.title for entry in formats().values())


def test_a_format_has_the_name_of_its_file() -> None:
    """So that the one that is asked for is found without loading the others."""
    assert {name: format_named(name) for name in formats()} == formats()
    assert format_named("cells") is None and format_named("../cells") is None and format_named("yaml") is None


# ---------------------------------------------------------------- codes


def test_every_code_can_be_explained() -> None:
    listed = run("rule", "--all").stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(codes())
    for code in codes():
        assert run("rule", code).stdout.startswith(f"{code}: ")


def test_a_code_is_found_by_its_name_and_an_unknown_one_is_refused() -> None:
    first = next(iter(codes().values()))
    assert run("rule", first.name).stdout == run("rule", first.id.lower()).stdout
    assert run("rule", "E9999").exit_code == 2
    assert run("rule").exit_code == 2


# ---------------------------------------------------------------- mistakes of ours


def test_a_mistake_of_ours_is_one_line_and_no_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def broken(path: str) -> None:
        raise RuntimeError("the stars are wrong")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("credit_dsl.cli.schema.programs_of", broken)
    shown = run("schema", "--policy", "policy.credit")
    assert shown.exit_code == 70
    assert "internal error at test_commands.py:" in shown.stderr and "the stars are wrong" in shown.stderr
    assert "Traceback" not in shown.stderr
    assert callable(programs_of)


# ---------------------------------------------------------------- failing tests


@pytest.mark.parametrize(
    ("test", "code"),
    [
        ("customer { days_overdue = 31 days } order { amount = 1 EUR } expect pass", "T0001"),
        ("order { amount = 1 EUR, already_counted = 2 EUR } expect pass", "T0002"),
    ],
)
def test_why_a_test_fails_is_a_code_too(test: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("policy.credit").write_text(POLICY + f'test "a test" {{ as of 2026-03-01 {test} }}\n')
    shown = run("test", "--output-format", "json")
    assert shown.exit_code == 1
    assert [failure["code"] for failure in json.loads(shown.stdout)[0]["failures"]] == [code]
