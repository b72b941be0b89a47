"""Reads tokens into a tree and carries on after every error.

An error is reported once. Then a slip of one word is repaired, if reading goes on after that; else the line is given
up, and reading picks up at the next line of the body, at its closing brace, or at the next item.
"""

from collections.abc import Sequence
from typing import Any

from attrs import define, field

from credit_dsl.base.diagnostic import Code, Diagnostic, Safety, instead
from credit_dsl.base.source import Span
from credit_dsl.syntax.builder import BROKEN, Builder
from credit_dsl.syntax.machine import NEVER_NAMES, Machine, Stack
from credit_dsl.syntax.nodes import Between, Comparison, Membership, StateTest
from credit_dsl.syntax.phrases import BANDS, PHRASE_STARTS, PHRASES, WRITTEN_OUT, fits, phrase_at
from credit_dsl.syntax.repairs import Repair, find_repair
from credit_dsl.syntax.scan import Scanned
from credit_dsl.syntax.slips import OTHER_MARKS, OTHER_OPERATOR
from credit_dsl.syntax.tables import END, Tables
from credit_dsl.syntax.tokens import Token
from credit_dsl.syntax.unexpected import (
    Place,
    chained,
    hyphenated_name,
    hyphenated_range,
    stray,
    too_deep,
    unclosed,
    unexpected,
    unquoted_code,
)

_LOOK_AHEAD = 3
_COMPARING = frozenset({"=", "!=", "<", "<=", ">", ">=", "is"})
_CODE_PIECES = frozenset({"NAME", "NUMBER", "DATE", "-", "/", "."})
_NAMED = frozenset({"rule", "policy", "factor", "scorecard", "limit", "define", "redefine", "at", "by", "add", "floor"})
"""Words before names, where no code can stand."""

_GOING_ON = frozenset({"when", "unless", "otherwise", "for", "until", "note"})


@define
class Body:
    """An open brace: the height of the stack above it, and the tokens where its head and it stand."""

    height: int
    head: int
    brace: int


@define
class Reader:
    builder: Builder
    tables: Tables
    scanned: Scanned
    start: str
    end: int
    machine: Machine = field(init=False)
    tokens: list[Token] = field(init=False)
    bodies: list[Body] = field(factory=list)
    closed: Token | None = None
    lost: bool = False
    _head: int = 0
    _stray: Token | None = None
    _deep: tuple[int, int] = (-1, -1)

    def __attrs_post_init__(self) -> None:
        self.machine = Machine(self.tables, self.start, self.builder.reduce, self._too_deep)
        self.tokens = [*self.scanned.tokens, Token(END, "", self.end, self.end, True)]

    # ------------------------------------------------------------ the happy path

    def read(self) -> Any:
        """The value of all tokens; BROKEN where nothing is left of it."""
        index = 0
        while self.tokens[index].kind != END:
            index = self._next(index)
        return self._finish(index)

    def _next(self, index: int) -> int:
        token = self.tokens[index]
        if token.text in PHRASE_STARTS and (after := self._phrase(index)):
            return after
        kind = self.machine.kind_of(token)
        if kind is None and token.kind in OTHER_MARKS:
            return self._other_mark(index)
        if kind is None or (kind == "NAME" and self._is_no_name(index)):
            return self._recover(index)
        self._take(index, kind)
        return index + 1

    def _take(self, index: int, kind: str) -> None:
        token = self.tokens[index]
        if token.first or (index and self.tokens[index - 1].text in ("{", "}")):
            self._head = index
        self.machine.push(kind, token, token.start, token.end)
        if kind == "{":
            self.bodies.append(Body(len(self.machine.states), self._head, index))
        elif kind == "}":
            self.bodies.pop()
            self.closed = token

    def _finish(self, index: int) -> Any:
        if self.lost:
            return BROKEN
        if not self.machine.takes(END):
            self._incomplete_end(index)
        return self.machine.finish() if self.machine.takes(END) else BROKEN

    def _incomplete_end(self, index: int) -> None:
        """The text ends in the middle of something."""
        token = self.tokens[index]
        if not (self.bodies and self.machine.takes("}")):
            repair = self._repair(index)
            self._unexpected(index, repair)
            self._apply(repair, index)
        self.builder.damage(token.start)
        if self.bodies:
            self._unclosed(self.bodies, index)
            self._close(0)
        if self.start == "file" and not self.machine.takes(END):
            self._give_up_line(token)

    # ------------------------------------------------------------ places to pick up

    def boundary(self, level: int) -> int:
        """The height of the stack between two lines of an open body (by its place in `bodies`), or of the file (-1)."""
        height = self.bodies[level].height if level >= 0 else 1
        states, entered = self.machine.states, self.tables.entered_by
        while height < len(states) and _is_list(entered[states[height]]):
            height += 1
        return height

    def line_kinds(self, level: int) -> set[str]:
        """The kinds of token that start a line of a body, or an item."""
        return self.machine.fork(self.boundary(level)).kinds()

    def _line_at(self, index: int, level: int) -> bool:
        """Whether the tokens from here on read as the start of a line of a body, or of an item, by its keyword."""
        stack = self.machine.fork(self.boundary(level))
        if stack.kind_of(self.tokens[index]) in (None, "NAME") or self.tokens[index + 1].text in NEVER_NAMES:
            return False
        return stack.runs(self._ahead(index, 2))

    def _ahead(self, index: int, count: int = _LOOK_AHEAD) -> list[Token]:
        return self.tokens[index : index + count]

    def _levels(self) -> Sequence[int]:
        """Open bodies from the innermost to the outermost, then the file."""
        return range(len(self.bodies) - 1, -2, -1) if self.start == "file" else range(0)

    def _is_no_name(self, index: int) -> bool:
        """Whether a keyword that could be a name here is none: it starts a new line, or goes on with this one."""
        token = self.tokens[index]
        if token.text not in self.tables.words:
            return False
        if token.first:
            return self._starts_another_line(index)
        if token.text not in _GOING_ON or self.tokens[index - 1].text == ".":
            return False
        return not self.machine.fork().runs(self._ahead(index))

    def _starts_another_line(self, index: int) -> bool:
        if not self.machine.takes("(") and self.machine.fork().runs(self._ahead(index)):
            return False
        return any(self._line_at(index, level) for level in self._levels())

    # ------------------------------------------------------------ recovery

    def _recover(self, index: int) -> int:
        token = self.tokens[index]
        if token.text == "}" and not self.bodies and self.start == "file":
            return self._stray_brace(index)
        if token.first and self._outer_line(index):
            return index
        if after := self._band(index, 1, token.text) or self._chained(index) or self._unquoted_code(index):
            return after
        self._settle(token)
        repair = self._repair(index)
        self._unexpected(index, repair)
        if repair is not None:
            return self._apply(repair, index)
        return self._skip(index)

    def _chained(self, index: int) -> int:
        """A second comparison: reported, and read on as if `and` stood there."""
        token = self.tokens[index]
        if token.text not in _COMPARING or not self.machine.takes("and"):
            return 0
        self.machine.settle("and")
        left = self.machine.values[-1]
        if not isinstance(left, Comparison | Between | Membership | StateTest):
            return 0
        end = next(at for at in range(index + 1, len(self.tokens)) if self._ends_operand(at))
        middle = left.right.span.text if isinstance(left, Comparison) else "…"
        self._add(chained(self.builder.source, left.span, middle, token, self.tokens[end - 1].end))
        self.machine.values[-1] = self.builder.broken(left.span)
        self.machine.push("and", token, token.start, token.end)
        return index + 1

    def _ends_operand(self, index: int) -> bool:
        token = self.tokens[index]
        return (
            token.first
            or token.kind == END
            or token.text in ("and", "or", "when", "unless", "then", "else", ")", "}", ",")
        )

    def _unquoted_code(self, index: int) -> int:
        """A code such as C-1042 or 2/10 without quotation marks."""
        tokens, last = self.tokens, index
        while tokens[last + 1].start == tokens[last].end and tokens[last + 1].kind in _CODE_PIECES:
            last += 1
        if tokens[index].kind == "." and tokens[index - 2].text in _NAMED:
            return 0
        if tokens[index].kind in ("-", "/", ".") and last > index and tokens[index - 1].end == tokens[index].start:
            self._add(self._about_pieces(index, last))
            self.builder.damage(tokens[index].start)
            return last + 1
        if tokens[index - 1].text == "because":
            return 0
        if tokens[index].kind in ("NUMBER", "DATE") and self.machine.takes("STRING") and not self.machine.takes("("):
            if not self.machine.takes("NAME"):
                return 0
            self._add(unquoted_code(self.builder.source, tokens[index], tokens[last]))
            self._push_broken("STRING", tokens[index].start)
            return last + 1
        return 0

    def _about_pieces(self, index: int, last: int) -> Diagnostic:
        """A name or a code with a hyphen, or two numbers with one between them where a band stands."""
        source, first = self.builder.source, self.tokens[index - 1]
        kinds = [token.kind for token in self.tokens[index - 1 : last + 1]]
        if kinds == ["NUMBER", "-", "NUMBER"] and self.machine.takes("to"):
            return hyphenated_range(source, first, self.tokens[last])
        if self.tokens[index - 2].text in _NAMED:
            return hyphenated_name(source, first, self.tokens[last])
        return unquoted_code(source, first, self.tokens[last])

    def _push_broken(self, kind: str, at: int) -> None:
        self.machine.push(kind, self.builder.broken(Span(self.builder.source, at, at)), at, at)

    def _add(self, diagnostic: Diagnostic) -> None:
        self.builder.diagnostics.append(diagnostic)

    def _unexpected(self, index: int, repair: Repair | None) -> None:
        if self.tokens[index].start in self.scanned.excused:
            return
        file = self.start == "file"
        head = self.tokens[self.bodies[-1].head].text if self.bodies else ""
        line_kinds = self.line_kinds(len(self.bodies) - 1) if file else set()
        kinds = self.machine.kinds()
        is_keyword = self.tokens[index].text in self.tables.words
        place = Place(self.builder.source, self.tokens, index, kinds, line_kinds, head, self.closed, is_keyword)
        self._add(unexpected(place, repair))

    def _settle(self, token: Token) -> None:
        """A line that is complete when the next one starts is kept, whatever is wrong with the next one."""
        if token.first and self.start == "file":
            end = "}" if self.bodies else END
            if self.machine.takes(end):
                self.machine.settle("}" if self.bodies else "rule")

    def _outer_line(self, index: int) -> bool:
        """At the start of a line of an outer body: the inner ones were left open. Closes them."""
        for level in self._levels():
            if not self._line_at(index, level):
                continue
            open_bodies = self.bodies[level + 1 :]
            if not open_bodies:
                return False
            if not self.machine.takes("}"):
                self._unexpected(index, None)
            self._unclosed(open_bodies, index)
            self._close(level + 1)
            return True
        return False

    def _unclosed(self, bodies: list[Body], index: int) -> None:
        tokens = self.tokens
        if tokens[bodies[-1].brace].text != "{":
            return
        self.builder.damage(tokens[bodies[-1].brace].start)
        heads = [(tokens[b.head], tokens[max(b.head, b.brace - 1)], tokens[b.brace]) for b in bodies]
        self._add(unclosed(self.builder.source, heads, tokens[index]))

    def _close(self, level: int) -> None:
        """Closes the innermost bodies down to that many, as if their braces stood here."""
        while len(self.bodies) > level:
            if not self.machine.takes("}"):
                self._give_up_line(self.tokens[self.bodies[-1].brace])
            if not self.machine.takes("}"):
                return self._drop_item()
            self.machine.push("}", None, self.machine.end, self.machine.end)
            self.bodies.pop()
        return None

    def _drop_item(self) -> None:
        """Forgets a body with its item."""
        body = self.bodies.pop()
        self.builder.damage(self.tokens[body.brace].start)
        self.machine.cut(self.boundary(len(self.bodies) - 1))

    def _give_up_line(self, token: Token) -> None:
        self.builder.damage(token.start)
        self.machine.cut(self.boundary(len(self.bodies) - 1))

    def _stray_brace(self, index: int) -> int:
        token = self.tokens[index]
        if index and self.tokens[index - 1] is self._stray:
            pass
        elif self.machine.takes(END):
            self.machine.settle("rule")
            self._add(stray(self.builder.source, token, self.closed))
        else:
            self._unexpected(index, None)
            self._give_up_line(token)
        self._stray = token
        return index + 1

    def _skip(self, index: int) -> int:
        """Gives up the line, and finds where reading goes on."""
        if self.start != "file":
            self.lost = True
            return len(self.tokens) - 1
        self._give_up_line(self.tokens[index])
        stack = self.machine.fork()
        depth = 0
        for at in range(index, len(self.tokens)):
            token = self.tokens[at]
            if self._picks_up(at, depth, stack):
                return at
            if token.text == "{":
                depth += 1
            elif token.text == "}":
                depth = max(0, depth - 1)
        return len(self.tokens) - 1

    def _picks_up(self, at: int, depth: int, stack: Stack) -> bool:
        token = self.tokens[at]
        if token.kind == END or (token.first and self._line_at(at, -1)):
            return True
        if depth or not self.bodies:
            return False
        if token.text in ("}", ","):
            return stack.takes(token.text)
        return token.first and stack.kind_of(token) is not None

    # ------------------------------------------------------------ repairs

    def _repair(self, index: int) -> Repair | None:
        line_kinds = self.line_kinds(len(self.bodies) - 1) if self.bodies else set()
        return find_repair(self.machine, self.tokens, index, line_kinds)

    def _apply(self, repair: Repair | None, index: int) -> int:
        """Puts the repaired words in; the place where reading goes on."""
        if repair is None:
            return index
        token = self.tokens[index]
        at = self.machine.end if token.first else token.start
        for kind in repair.kinds:
            if kind in ("NAME", "STRING", "NUMBER", "DATE"):
                self._push_broken(kind, at)
            else:
                self._push_word(kind, index, at)
        if repair.skipped and not repair.kinds:
            self.builder.damage(token.start)
        return index + repair.skipped

    def _push_word(self, kind: str, index: int, at: int) -> None:
        self.machine.push(kind, Token("NAME", kind, at, at), at, at)
        if kind == "{":
            self.bodies.append(Body(len(self.machine.states), self._head, max(index - 1, 0)))

    def _other_mark(self, index: int) -> int:
        """A mark of another language: what it means here, or nothing."""
        token = self.tokens[index]
        meant = next((kind for kind in OTHER_MARKS[token.kind] if self.machine.takes(kind)), None)
        help = "take it out" if token.kind == ";" and meant is None else f"write {meant or OTHER_MARKS[token.kind][0]}"
        fixed = "" if token.kind == ";" and meant is None else meant
        self._report(OTHER_OPERATOR, token, token, f"`{token.text}` is not an operator here", help, fixed)
        if meant is not None:
            self.machine.push(meant, Token(meant, meant, token.start, token.end), token.start, token.end)
        return index + 1

    def _phrase(self, index: int) -> int:
        phrase = phrase_at(self.tokens, index)
        if phrase is None:
            return 0
        if fits(phrase, self.machine.takes):
            return self._written_out(index, len(phrase), PHRASES[phrase])
        return self._band(index, len(phrase), PHRASES[phrase])

    def _band(self, index: int, count: int, sign: str) -> int:
        """A comparison where a band stands; reading goes on as if the band were written as bands are."""
        if sign not in BANDS or not self.machine.takes("under"):
            return 0
        value = self.tokens[index + count].text
        return self._written_out(index, count, BANDS[sign], f"{value} or more" if sign == ">=" else "")

    def _written_out(self, index: int, count: int, meant: str, shown: str = "") -> int:
        first, last = self.tokens[index], self.tokens[index + count - 1]
        written = " ".join(token.text for token in self.tokens[index : index + count])
        message, help = f"`{written}` is not how this is written", f"write {shown or meant}"
        self._report(WRITTEN_OUT, first, last, message, help, None if shown else meant)
        for kind in meant.split():
            self.machine.push(kind, Token("NAME", kind, first.start, last.end), first.start, last.end)
        return index + count

    def _report(self, code: Code, first: Token, last: Token, message: str, help: str, fixed: str | None) -> None:
        """`fixed`: what the words are read as, and can be replaced by."""
        span = self.builder.source.span(first.start, last.end)
        self.builder.report(code, span, message, help=help, fixes=instead(span, fixed, Safety.SAFE))

    def _too_deep(self, start: int, end: int) -> Any:
        known_start, known_end = self._deep
        if not (start <= known_start and known_end <= end):
            self._add(too_deep(self.builder.source, start, end))
        self._deep = (start, end)
        return self.builder.broken(Span(self.builder.source, start, end))


def _is_list(symbol: str) -> bool:
    """Whether a symbol of the grammar stands for lines or entries that have been read."""
    return symbol.startswith("@__") or symbol in _ENTRIES


_ENTRIES = frozenset({"@reason", "@assignment", "@rank_step"})
