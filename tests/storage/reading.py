"""Work where one may only read, as a user without rights: `python -m tests.storage.reading`.

`TARGET CASE=FOLDER …`: the PDF that is printed first, and what is done to the clinic in which
FOLDER. For each it is told in one line of JSON what was read and what was refused in which words.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bodymap.app import Application
from bodymap.chart.change import Change
from bodymap.chart.visit import Visit
from bodymap.errors import BodymapError
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.vault.file import KEY_FILE
from tests.builders import a_needle_site, a_patient, a_visit
from tests.vaults import PASSWORD, signed_in

NOBODY = 65534
MARK = "/from-here-on"
"""Is opened, in vain, when all that has to be loaded is: a recorder sees it."""


def work_through(target: str, *cases: str) -> None:
    """Load everything once, then work through each case in a process of its own."""
    _warm_up(Path(cases[0].partition("=")[2]), Path(target))  # nobody may not load what it needs
    for case in cases:
        what, _, folder = case.partition("=")
        child = os.fork()
        if child == 0:
            try:
                told = work(what, Path(folder), Path(f"{folder}.pdf"))
                print(json.dumps({"case": what, "pid": os.getpid(), **told}), flush=True)  # noqa: T201
            finally:
                os._exit(0)
        os.waitpid(child, 0)


def work(case: str, clinic: Path, target: Path) -> dict[str, object]:
    """Sign in, look, print and verify; then try to change all kinds of things."""
    _become_nobody(clinic)
    locked = _locked(case, clinic)
    running = signed_in(clinic) if case == "while it runs" else None
    for place in locked:
        place.chmod(0o500 if place.is_dir() else 0o400)
    before = _content(clinic)
    Path(MARK).exists()
    try:
        told = _do_all(running or signed_in(clinic), target)
    except BodymapError as problem:
        told = {"does not open": str(problem)}
    Path(MARK).exists()
    told["touched"] = [name for name, was in _content(clinic).items() if before.get(name) != was]
    for place in reversed(locked):
        place.chmod(0o700 if place.is_dir() else 0o600)
    again = signed_in(clinic)
    told["works again"] = _refused(lambda: again.clinic.add_user("Anna Again")) == ""
    again.close()
    return told


def _warm_up(clinic: Path, target: Path) -> None:
    with tempfile.TemporaryDirectory() as elsewhere:
        copy = Path(elsewhere) / "clinic"
        shutil.copytree(clinic, copy)
        _do_all(signed_in(copy), target)


def _do_all(application: Application, target: Path) -> dict[str, object]:
    clinic, visit = application.clinic, a_visit().id
    charting = clinic.chart(visit)
    read: dict[str, object] = {
        "patients": len(clinic.patients()),
        "marks": len(charting.visit.marks),
        "editable": charting.visit.is_open,
        "why": application.only_reading,
        "printed": application.printing.summary(visit, target).stat().st_size,
        "rescued": _rescued(application, target.with_suffix(".backups")),
        "findings": [one.what for one in application.verifying.verify()],
    }
    changes: dict[str, Callable[[], object]] = {
        "a mark": lambda: _chart(application, charting.visit),
        "a patient": lambda: clinic.register.do(
            clinic.register.edit_patient(clinic.patient(a_patient().id), "Note", notes="new")
        ),
        "a user": lambda: clinic.add_user("Norbert New"),
        "a password": lambda: application.sign_in.change_password(PASSWORD, PASSWORD),
        "a backup": application.backing_up.back_up,
    }
    refused = {what: _refused(change) for what, change in changes.items()}
    application.close()
    return read | {"refused": refused}


def _rescued(application: Application, where: Path) -> int:
    """A backup elsewhere: how many rows are in it."""
    return sum(application.backing_up.back_up(where=where).manifest.rows.values())


def _chart(application: Application, visit: Visit) -> None:
    with application.access.guarded()() as work:
        work.visits.apply(visit.id, visit.version, Change(put=(a_needle_site(visit.version + 50),)))
        work.commit()


def _refused(act: Callable[[], object]) -> str:
    try:
        act()
    except BodymapError as problem:
        return str(problem)
    return ""


def _locked(case: str, clinic: Path) -> list[Path]:
    data, keys = clinic / FILE_NAME, clinic / KEY_FILE
    return {
        "the folder, with a log": [clinic],
        "the file, with a log": [data],
        "the folder": [clinic],
        "the file": [data],
        "the key file": [keys],
        "all": [data, keys, clinic],
        "while it runs": [data, clinic],
        "the backups": [clinic / "backups"],
    }[case]


def _content(clinic: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in clinic.iterdir() if file.is_file()}


def _become_nobody(clinic: Path) -> None:
    (clinic / "backups").mkdir(exist_ok=True)
    if os.geteuid() == 0:
        for place in (clinic, *clinic.rglob("*")):
            os.chown(place, NOBODY, NOBODY)
        os.setegid(NOBODY)
        os.seteuid(NOBODY)


if __name__ == "__main__":
    work_through(*sys.argv[1:])
