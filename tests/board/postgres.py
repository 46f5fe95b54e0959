"""A PostgreSQL server of the tests' own, in a temporary folder, reached by a socket in it and by nothing else."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import pytest

FOLDERS = "/usr/lib/postgresql"
_numbers = count(1)


def program(name: str) -> str:
    """A program of PostgreSQL; empty where it is not installed."""
    found = shutil.which(name)
    beside = sorted(Path(FOLDERS).glob(f"*/bin/{name}"))
    return found or (str(beside[-1]) if beside else "")


def missing() -> str:
    """Why there can be no server; empty where there can."""
    if not program("postgres") or not program("initdb"):
        return f"no PostgreSQL server found: no postgres and initdb on the path or in {FOLDERS}"
    if os.getuid() == 0 and (not shutil.which("runuser") or not _user()):
        return "PostgreSQL does not run as root, and there is no runuser, or no user postgres or nobody"
    return ""


def _user() -> str:
    known = {one.pw_name for one in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), "")


def _as_somebody() -> list[str]:
    return ["runuser", "-u", _user(), "--"] if os.getuid() == 0 else []


needs_postgres = pytest.mark.skipif(bool(missing()), reason=missing() or "found")


@cache
def _folder() -> Path:
    """Start the server, once a process; it ends with the tests."""
    folder = Path(tempfile.mkdtemp(prefix="roster-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if os.getuid() == 0:
        shutil.chown(folder, _user())
    words = ["-D", "data", "-A", "trust", "-U", "board", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run([*_as_somebody(), program("initdb"), *words], cwd=folder, check=True, capture_output=True)
    settings = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off"}
    words = [f"--{name}={value}" for name, value in settings.items()]
    command = [*_as_somebody(), program("postgres"), "-D", "data", *words]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    atexit.register(_stop, process, folder)
    for _ in range(400):
        if "ready to accept connections" in (folder / "log").read_text():
            return folder
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError((folder / "log").read_text())


def _stop(process: subprocess.Popen[bytes], folder: Path) -> None:
    subprocess.run(
        [*_as_somebody(), program("pg_ctl"), "-D", "data", "-m", "immediate", "stop"],
        cwd=folder,
        capture_output=True,
    )
    process.wait(20)


def address(database: str) -> str:
    return f"postgresql:///{database}?host={_folder()}&user=board"


@contextmanager
def database(more: str = "") -> Iterator[str]:
    """A database of its own, by its address."""
    import psycopg

    name = f"board_{next(_numbers)}"
    with psycopg.connect(address("postgres"), autocommit=True) as db:
        db.execute(f"create database {name} {more}".encode())
    try:
        yield address(name)
    finally:
        with psycopg.connect(address("postgres"), autocommit=True) as db:
            db.execute(f"drop database {name} with (force)".encode())
