"""Files to programs, or every error at once: the one public function of this stage."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from credit_dsl.base.diagnostic import Diagnostic
from credit_dsl.base.source import Source
from credit_dsl.check.files import FileSet, Gathered, Opener, Parser, folder_of, gather, no_includes, normal
from credit_dsl.check.policy import CheckedPolicy, check_policy
from credit_dsl.check.program import Checked, Program
from credit_dsl.check.unknown import Elsewhere
from credit_dsl.check.versions import find_wrong_versions
from credit_dsl.syntax.items import Define, Fact, Policy
from credit_dsl.syntax.parse import parse
from credit_dsl.vocabulary.facts import STANDARD
from credit_dsl.vocabulary.tables import Vocabulary


def check(
    sources: Sequence[Source],
    opener: Opener = no_includes,
    vocabulary: Vocabulary = STANDARD,
    *,
    parser: Parser = parse,
    defined: Mapping[str, Sequence[str]] | None = None,
) -> Checked:
    """Parses the files and what they include, and checks each policy that they hold.

    A program for every version of every policy that has no error, in the order of the files; a file without a policy
    item that no other given file includes is checked as a program without a name. Messages stand in the order of
    their places. `defined`: which files define each name, where these sources are only some of those asked for.
    """
    gathered = gather(sources, opener, parser)
    elsewhere = _defining_files(gathered) if defined is None else defined
    policies = [_check_set(files, vocabulary, elsewhere) for files in gathered.sets]
    found: list[Diagnostic] = [d for parsed in gathered.parsed for d in parsed.diagnostics]
    found += gathered.diagnostics
    found += [d for policy in policies for d in policy.diagnostics]
    wrong = find_wrong_versions([policy.declared.policy for policy in policies if policy.declared.policy])
    found += [d for messages in wrong.values() for d in messages]
    right = (policy.program for policy in policies if policy.program is not None)
    return Checked(tuple(program for program in right if program.name not in wrong), _in_order(found))


def in_force(programs: Sequence[Program], date: datetime.date) -> Program | None:
    """The version that is in force on a date: the first whose period contains it, both ends in."""
    return next((program for program in programs if _is_in_force(program, date)), None)


def _is_in_force(program: Program, date: datetime.date) -> bool:
    period = program.policy.effective if program.policy else None
    if period is None:
        return True
    return (period.start is None or period.start <= date) and (period.end is None or date <= period.end)


def _check_set(files: FileSet, vocabulary: Vocabulary, defined: Mapping[str, Sequence[str]]) -> CheckedPolicy:
    trees = tuple(parsed.file for parsed in files.files)
    return check_policy(trees, vocabulary, _elsewhere(files, defined), is_damaged=files.is_damaged)


def _defining_files(gathered: Gathered) -> Mapping[str, Sequence[str]]:
    """Which files define each name; those with a policy of their own are left out, as nobody can include them."""
    found: dict[str, list[str]] = {}
    if len(gathered.sets) > 1:
        for parsed in gathered.parsed:
            if not any(isinstance(item, Policy) for item in parsed.file.items):
                for item in parsed.file.items:
                    if isinstance(item, Define | Fact):
                        found.setdefault(item.name.path, []).append(normal(parsed.file.source.name))
    return found


def _elsewhere(files: FileSet, defined: Mapping[str, Sequence[str]]) -> Elsewhere:
    own = {normal(parsed.file.source.name) for parsed in files.files}
    folder = folder_of(files.main.source.name)

    def find(name: str) -> str:
        other = next((file for file in defined.get(name, ()) if file not in own), None)
        if other is None:
            return ""
        inside = other.removeprefix(folder)
        return f'include "{inside}"' if other.startswith(folder) else f"it is defined in {other}"

    return find


def _in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each message once, even about a file that several policies include, by file and place."""
    unique = {(d.code.id, d.span.source.name, d.span.start, d.span.end, d.message): d for d in found}
    return tuple(sorted(unique.values(), key=lambda d: (d.span.source.name, d.span.start, d.span.end, d.code.id)))


__all__ = ["Opener", "check", "in_force", "no_includes"]
