"""Writes docs/reference anew from the code: `make docs`."""

import shutil
from pathlib import Path

from credit_dsl.cli.main import main
from credit_dsl.cli.support.codes import codes
from credit_dsl.reference import pages

FOLDER = Path(__file__).parent / "reference"


def write() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    for path, text in pages(main, codes().values()).items():
        place = FOLDER / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


write()
