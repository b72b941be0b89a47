"""What somebody asks of `check`, as a value."""

from attrs import frozen


@frozen
class Request:
    """The options of a run. `jobs` 0: as many processes as pay. `cache_dir` empty: the usual place."""

    paths: tuple[str, ...] = ()
    stdin_filename: str = "<standard input>"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: str = ""
    no_config: bool = False
    force_exclude: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    jobs: int = 0
    no_cache: bool = False
    cache_dir: str = ""

    @property
    def overrides(self) -> tuple[tuple[str, ...], ...]:
        """What the command line says on top of the configuration."""
        return self.select, self.extend_select, self.ignore
