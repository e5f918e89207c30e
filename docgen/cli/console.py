"""What the user sees and what the shell gets: streams, findings, exit codes."""

from __future__ import annotations

import errno
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from docgen.cli.render import render
from docgen.diagnostics import Diagnostic, DocgenError, OutputError, Place, SetupError, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from docgen.cli.render import Form
    from docgen.diagnostics.text import Lang

SHEET: Final = "template.yaml"
EXIT_FAULTS: Final = 1
EXIT_USAGE: Final = 2
EXIT_ENVIRONMENT: Final = 3
EXIT_BUG: Final = 70
EXIT_INTERRUPTED: Final = 130


class WrongUseError(DocgenError):
    """The command was asked for something there isn't, or that it doesn't do."""


def prepare_streams() -> None:
    """Let any console take any text: what it can't show is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@dataclass(slots=True)
class Console:
    """Speaks to the user in one language and form: results on stdout, messages on stderr.

    In JSON, stdout holds exactly one document, written when the command ends: every finding, whoever met it.
    """

    lang: Lang = "zh"
    form: Form = "full"
    debug: bool = False
    cite: Callable[[str], str] = str
    _found: list[Diagnostic] = field(default_factory=list)
    _results: dict[str, object] = field(default_factory=dict)

    def say(self, zh: str, en: str) -> None:
        """A line of result on stdout; JSON has no place for it."""
        if self.form != "json":
            click.echo(zh if self.lang == "zh" else en)

    def show(self, diagnostics: Iterable[Diagnostic], sources: Mapping[str, str] | None = None) -> None:
        """Findings; `sources` are the texts that snippets are cut from."""
        if self.form == "json":
            self._found += diagnostics
        else:
            found = tuple(diagnostics)
            known = {**_sheets(found), **(sources or {})}
            click.echo(render(found, known, self.form, self.lang, self.cite), nl=False, err=True)

    def add(self, name: str, data: object) -> None:
        """A result for the JSON document, beside its findings; the other forms print theirs themselves."""
        self._results[name] = data

    def close(self) -> None:
        """Write the JSON document, also when nothing was found."""
        if self.form == "json":
            text = render(self._found, {}, "json", self.lang, self.cite)
            if self._results:
                import json  # noqa: PLC0415 — few commands have results in JSON

                text = json.dumps({**json.loads(text), **self._results}, ensure_ascii=False, indent=2) + "\n"
            click.echo(text, nl=False)


def _sheets(found: Iterable[Diagnostic]) -> dict[str, str]:
    """The text of each template.yaml that a finding shows a line of."""
    names = {one.place.source for one in found if one.place is not None and one.place.line is not None}
    texts: dict[str, str] = {}
    for name in names:
        if Path(name).name == SHEET:
            with suppress(OSError, UnicodeError):
                texts[name] = Path(name).read_text(encoding="utf-8")
    return texts


def console(ctx: click.Context) -> Console:
    """The console of this run."""
    found: Console = ctx.find_object(Console) or ctx.ensure_object(Console)
    return found


@contextmanager
def guard(ctx: click.Context) -> Iterator[None]:
    """Turn whatever goes wrong into a message and an exit code; a traceback is seen only with --debug."""
    talk = console(ctx)
    try:
        yield
    except click.ClickException:
        raise
    except click.exceptions.Exit as end:
        if end.exit_code:  # 0 is --help
            talk.close()
        raise
    except (KeyboardInterrupt, click.Abort):
        talk.show([Diagnostic("U031", Severity.ERROR)])
        _end(ctx, talk, EXIT_INTERRUPTED)
    except DocgenError as error:
        _explain(ctx, talk, error, error.diagnostics)
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        _explain(ctx, talk, SetupError(()), [_refused(error)])
    except Exception as error:  # noqa: BLE001 — the one place that answers for bugs: a sentence, not a traceback
        _traceback(talk)
        talk.show([Diagnostic("U030", Severity.ERROR, None, {"kind": type(error).__name__})])
        _end(ctx, talk, EXIT_BUG)
    else:
        talk.close()


def _explain(ctx: click.Context, talk: Console, error: DocgenError, found: Iterable[Diagnostic]) -> None:
    """A problem docgen knows: its findings, and the exit code of its kind."""
    _traceback(talk)
    talk.show(found)
    kinds = ((WrongUseError, EXIT_USAGE), ((OutputError, SetupError), EXIT_ENVIRONMENT))
    _end(ctx, talk, next((code for kind, code in kinds if isinstance(error, kind)), EXIT_FAULTS))


def _end(ctx: click.Context, talk: Console, code: int) -> NoReturn:
    """Stop with an exit code."""
    talk.close()
    ctx.exit(code)


def _refused(error: OSError) -> Diagnostic:
    """What the system refused."""
    file = str(error.filename or "")
    reason = error.strerror or type(error).__name__
    return Diagnostic("U023", Severity.ERROR, Place(file) if file else None, {"file": file or "—", "reason": reason})


def _traceback(talk: Console) -> None:
    """The traceback of what is being handled, for those who asked for it."""
    if talk.debug:
        import traceback  # noqa: PLC0415 — only with --debug

        traceback.print_exc()


def _set(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """A callback that sets an option on the console, wherever on the command line it stands."""

    def callback(ctx: click.Context, _option: click.Parameter, value: Any) -> None:  # noqa: ANN401 — click's value
        if value:
            setattr(console(ctx), name, value)

    return callback


# Whether a file can be read is for docgen to say: in the user's language, with a remedy and the exit code of its kind.
PATH: Final = click.Path(readable=False, path_type=Path)

LANG: Final = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    expose_value=False,
    callback=_set("lang"),
    is_eager=True,
    help="Language of messages.  [default: zh]",
)
FORM: Final = click.option(
    "--output-format",
    type=click.Choice(["full", "concise", "json"]),
    expose_value=False,
    callback=_set("form"),
    is_eager=True,
    help="How findings are printed: full and concise on stderr, json on stdout.  [default: full]",
)
DEBUG: Final = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    callback=_set("debug"),
    is_eager=True,
    help="Show tracebacks; they may hold personal data.",
)
