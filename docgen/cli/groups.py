"""Groups whose commands are imported when they are used: cold start is imports."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class LazyGroup(click.Group):
    """A group that finds a command NAME as `NAME_command` in the module `modules[NAME]`; a hyphen becomes `_`."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **settings: Any) -> None:  # noqa: ANN401 — click's own
        """Take the module of each command by name."""
        super().__init__(*args, **settings)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name."""
        del ctx
        return sorted(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        del ctx
        if cmd_name not in self._modules:
            return None
        name = f"{cmd_name.replace('-', '_')}_command"
        command: click.Command = getattr(importlib.import_module(self._modules[cmd_name]), name)
        return command
