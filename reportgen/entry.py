"""Where the program begins: the command line, and the one place where a person's errors become messages and exit codes."""

from __future__ import annotations

import sys
import traceback

import click

from reportgen.cli import EXIT_FAILED, main
from reportgen.errors import KEPT, ReportgenError

# What shells report for a program that ctrl-C ended: 128 + SIGINT.
EXIT_INTERRUPTED = 130


def start() -> None:
    """Run the command line, and end the process with its exit code."""
    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_FAILED)
    except ReportgenError as error:
        click.secho(f"reportgen: {error}", err=True)
        sys.exit(EXIT_FAILED)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        click.secho(f"reportgen: {where}{error.strerror or error}. {system_advice(error)}", err=True)
        sys.exit(EXIT_FAILED)
    except (KeyboardInterrupt, click.Abort):
        click.secho(f"reportgen: interrupted. {KEPT}", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except Exception:
        # Python would end with 1, which is what a confirmed regression ends with.
        traceback.print_exc()
        sys.exit(EXIT_FAILED)


def system_advice(error: OSError) -> str:
    """Return what to do about an error of the operating system."""
    from reportgen.storage import is_disk_full

    if is_disk_full(error):
        return f"Make room first. {KEPT}"
    return "Correct the name or the permissions, and start again."
