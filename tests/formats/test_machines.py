"""What machines read: valid by their own rules, and escaped where it must be."""

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Source
from credit_dsl.formats.format import format_named
from credit_dsl.formats.look import PLAIN
from credit_dsl.formats.places import uri_of
from tests.formats.samples import DIAGNOSTICS, NAMES, compared, noted

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"


def written(name: str, *diagnostics: Diagnostic) -> str:
    chosen = format_named(name)
    assert chosen is not None and chosen.findings is not None
    return "".join(chosen.findings(diagnostics, PLAIN))


@pytest.mark.parametrize("diagnostics", [(), DIAGNOSTICS, DIAGNOSTICS * 2], ids=["none", "some", "twice"])
def test_sarif_is_valid_by_its_schema(diagnostics: tuple[Diagnostic, ...]) -> None:
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(
        json.loads(written("sarif", *diagnostics))
    )


def test_sarif_has_the_page_the_places_and_the_fix() -> None:
    run = json.loads(written("sarif", compared(), noted()))["runs"][0]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert "## Instead of\n\n```credit\na + a\n```" in rules["E9003"]["help"]["markdown"]
    first, second = run["results"]
    assert [rules_index(run, result) for result in (first, second)] == ["E9001", "E9003"]
    assert first["relatedLocations"][0]["message"] == {"text": "money"}
    assert second["level"] == "note"
    change = second["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"] == {"text": "2 * a"}
    assert change["deletedRegion"] == second["locations"][0]["physicalLocation"]["region"]


def rules_index(run: dict, result: dict) -> str:  # type: ignore[type-arg]
    return str(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"])


def test_a_fingerprint_stays_when_the_lines_above_move() -> None:
    def marks(text: str) -> list[str]:
        source = Source("a.credit", text)
        places = [index for index in range(len(text)) if text.startswith("x", index)]
        found = [NAMES.at(source.span(place, place + 1), "a message") for place in places]
        return [entry["fingerprint"] for entry in json.loads(written("gitlab", *found))]

    before, after = marks("x\nx"), marks("\n\nx\nx")
    assert before == after and len(set(before)) == 2


def test_github_commands_are_escaped() -> None:
    source = Source("a,b:c%.credit", "x")
    shown = written("github", NAMES.at(source.span(0, 1), "50 %\nof it"))
    assert shown == (
        "::warning title=credit-dsl (E9002),file=a%2Cb%3Ac%25.credit,line=1,col=1,endLine=1,endColumn=2"
        "::a,b:c%25.credit:1:1: E9002 50 %25%0Aof it\n"
    )


def test_junit_is_xml_whatever_a_policy_says() -> None:
    source = Source('a"<&>.credit', "x\x00")
    tree = ElementTree.fromstring(
        written("junit", NAMES.at(source.span(0, 2), "\x00 \x1b <b> ]]> \ufffe \ud800"), noted())
    )
    assert (tree.get("tests"), tree.get("failures")) == ("2", "1")
    assert [suite.get("name") for suite in tree] == ['a"<&>.credit', "policies/sample.credit"]
    assert "<b> ]]>" in (tree.findall(".//failure")[0].text or "")


def test_junit_of_nothing_is_one_test_that_passed() -> None:
    tree = ElementTree.fromstring(written("junit"))
    assert (tree.get("tests"), tree.get("failures"), len(tree.findall(".//testcase"))) == ("1", "0", 1)


def test_a_file_as_an_address() -> None:
    assert uri_of("a b/ü#1.credit") == "a%20b/%C3%BC%231.credit"
    assert uri_of("/a b.credit") == "file:///a%20b.credit"
