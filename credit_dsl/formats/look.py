"""How output looks: its width in cells, and whether it has colour. Decided once, by the command line, and passed on."""

from attrs import frozen

_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "message": "1",
    "gutter": "34",
    "primary error": "31",
    "primary warning": "33",
    "primary note": "36",
    "secondary": "34",
    "help": "36",
    "good": "32",
    "bad": "31",
    "odd": "33",
    "faint": "2",
    "head": "1",
}


@frozen
class Look:
    """`width`: cells of a line on the screen, or those that a drawing keeps to elsewhere. `colour`: write ANSI colours.

    `terminal`: a person is reading on a screen, so long cells are wrapped; in a pipe one record stays on one line.
    """

    colour: bool = False
    width: int = 120
    terminal: bool = False

    def paint(self, style: str, text: str) -> str:
        """The text in a style, one of the names above; the plain text where there is no colour or no style."""
        if not self.colour or not text or style not in _STYLES:
            return text
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


PLAIN = Look()
