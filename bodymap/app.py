"""Where desk, storage and reports are wired together; `app_window` puts the window before it."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Event, RLock, current_thread, main_thread
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from bodymap.atlas.clinical.screening import ScreeningItem
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.audit import AuditAction, AuditHead, AuditLine, Entity, Finding, Subject
from bodymap.chart.permissions import Action
from bodymap.chart.session import SessionRecord
from bodymap.chart.signing import Proof, Signature
from bodymap.desk.access import Access
from bodymap.desk.auditing import keep_end
from bodymap.desk.backing_up import BackingUp
from bodymap.desk.only_reading import OnlyReading
from bodymap.desk.ports import Printer, Work
from bodymap.desk.recovery_key import RecoveryKey
from bodymap.desk.relocating import Destination, Moved, Relocating, Role
from bodymap.desk.sign_in import SignIn, Users
from bodymap.desk.signing import Signing
from bodymap.desk.verifying import Told, Verifying
from bodymap.errors import BodymapError, DamagedDataError, StorageError
from bodymap.storage.datafolder import FILE_NAME, data_folder
from bodymap.storage.server import SERVER, Server, host_of, is_without_tls, url_for, url_of
from bodymap.storage.swapping import finish_restore
from bodymap.storage.vault.cost import DEMO, Cost
from bodymap.storage.vault.file import KEY_FILE
from bodymap.storage.vault.keys import DataKey
from bodymap.storage.vault.vault import Vault

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bodymap.atlas.hit import Atlas
    from bodymap.desk.clinic import Clinic
    from bodymap.desk.printing import Printing
    from bodymap.desk.reviewing import Reviewing
    from bodymap.storage.backups import FolderBackups
    from bodymap.storage.datafile import DataFile
    from bodymap.storage.postgres.database import Database
    from bodymap.storage.signer import VaultSigner

_LONGEST_RESTORE_S = 600.0

__all__ = ["DEMO", "Application", "Cost", "Server"]


class LocalClock:
    """The computer's clock, with the local offset."""

    def now(self) -> datetime:
        """The time with the local offset from UTC."""
        return datetime.now().astimezone()


class Application:
    """bodymap over one data folder; what is slow to load waits until it is first used.

    SQLAlchemy, ReportLab, numpy and Shapely together take longer to import than the window to
    appear, so none is imported before it is asked for, nor the body and what works on it.

    Attributes:
        folder: Where the clinic's data lies.
        vault: The key file.
        access: Who is at the desk, and what they may do.
        sign_in: The door.
        recovery_key: The key on paper that opens the clinic when every password is lost.
        users: Who works here.
        signing: Signatures under visits.
        verifying: The proof that all is as bodymap wrote it, and the audit trail.
        backing_up: Copies of the data, and putting one back.
        relocating: Moves the clinic to a server and back.
    """

    def __init__(
        self, folder: Path, cost: Cost | None = None, key_file: Path | None = None
    ) -> None:
        finish_restore(folder)
        self.folder = folder
        self._is_free = Event()
        self._is_free.set()
        self._one_by_one = RLock()  # whoever opens the data, and who takes them from the others
        self.vault = Vault(folder, self._prepare, cost, key_file=key_file)
        self.access = Access(self.open_work, lambda: self.only_reading)
        self.sign_in = SignIn(self.vault, self.open_work, self.access)
        self.recovery_key = RecoveryKey(self.vault, self.open_work, self.access)
        guarded = self.access.guarded()
        self.users = Users(self.vault, guarded, self.access)
        self.signer = LateSigner(self.vault)
        self.signing = Signing(guarded, self.access, self.signer, LocalClock(), _screening_items)
        self.verifying = Verifying(
            self.open_work, self.access, StoreProof(self), self.signer, _print_trail, LocalClock()
        )
        self.backing_up = BackingUp(self._open_backups, self.open_work, self.access, LocalClock())
        self.relocating = Relocating(StorePlaces(self), self.access)

    @cached_property
    def atlas(self) -> "Atlas":
        """The body."""
        from bodymap.atlas.hit import Atlas  # noqa: PLC0415 - slow to load

        return Atlas.load(cache_dir=user_cache_path("bodymap", appauthor=False))

    @cached_property
    def clinic(self) -> "Clinic":
        """Patients and visits."""
        from bodymap.desk.clinic import Clinic  # noqa: PLC0415 - slow to load

        guarded = self.access.guarded()
        return Clinic(guarded, self.atlas, LocalClock(), access=self.access)

    @cached_property
    def printing(self) -> "Printing":
        """Visits on paper."""
        from bodymap.desk.printing import Printing  # noqa: PLC0415 - slow to load

        guarded = self.access.guarded(Action.PRINT)
        return Printing(guarded, LatePrinter(self.atlas), self.atlas)

    @cached_property
    def reviewing(self) -> "Reviewing":
        """What trainees hand in, and what supervisors say of it."""
        from bodymap.desk.reviewing import Reviewing  # noqa: PLC0415 - slow to load

        guarded = self.access.guarded()
        return Reviewing(guarded, self.access, self.signing, self.atlas, LocalClock())

    def open_work(self) -> Work:
        """Begin a transaction that nobody guards; the first one opens the data file.

        Raises:
            WrongPasswordError: Nobody has signed in, so there is no key.
            StorageError: The file is damaged, too new, or can't be opened.
        """
        while True:
            with self._one_by_one:
                if self._is_free.is_set():
                    work = self._data_file.open_work(self.access.actor)
                    why = self._data_file.only_reading
                    return OnlyReading(work, why) if why else work
            self._wait_for_restore()

    @property
    def only_reading(self) -> str:
        """Why nothing can be changed just now; empty when all can be, or nothing is open."""
        opened: DataFile | Database | None = self.__dict__.get("_data_file")
        return "" if opened is None else opened.only_reading

    def warm_up(self) -> None:
        """Load what the first transaction and the desk need, while the password is typed."""
        import bodymap.desk.clinic  # noqa: PLC0415 - slow to load
        import bodymap.desk.printing  # noqa: PLC0415
        import bodymap.desk.reviewing  # noqa: PLC0415
        import bodymap.storage.datafile  # noqa: F401, PLC0415

    @cached_property
    def _data_file(self) -> "DataFile | Database":
        from bodymap.storage.datafile import open_data_file  # noqa: PLC0415 - slow to load

        if self.is_on_server:
            return self._open_server()
        if not (self.folder / FILE_NAME).exists() and self.signer.anchored().count:
            raise DamagedDataError(f"The data file {self.folder / FILE_NAME} is gone.")
        return open_data_file(self.folder, self.vault.data_key)

    @property
    def is_on_server(self) -> bool:
        """Whether the clinic's rows are on a server, not in the data file."""
        with suppress(StorageError):  # of a key file that is damaged nobody has the keys
            return bool(self.vault.note(SERVER))
        return False

    def _open_server(self) -> "Database":
        from bodymap.storage.postgres.connecting import remembered  # noqa: PLC0415 - few need it
        from bodymap.storage.postgres.database import open_database  # noqa: PLC0415

        address = remembered(self.vault)
        if address is None:
            raise DamagedDataError("The key file no longer names the clinic’s server.")
        return open_database(address)

    def connect(self, server: Server, told: Told) -> Mapping[str, int]:
        """Move the clinic to a server or back; say how many rows went, by table.

        The move puts down itself that the clinic was moved, where it is from then on.

        Raises:
            DeniedError: The one who is signed in may not.
            BodymapError: Something refuses; the clinic is where it was.
        """
        from bodymap.storage.postgres.connecting import moved  # noqa: PLC0415 - few need it

        self.access.require(Action.RESTORE)
        was_on_server = self.is_on_server
        try:
            with self._nobody_at_work():
                rows = moved(self.folder, self.vault, server, told, self.access.actor).rows
        except BaseException:
            if self.is_on_server is was_on_server:
                self._put_down_refused_move("data file" if server.back else "server")
            raise
        self.backing_up.look_anew()
        return rows

    def _put_down_refused_move(self, to: str) -> None:
        """Tell the trail of a try to take the clinic elsewhere; a server may hold a copy now."""
        with suppress(BodymapError), self.open_work() as work:  # what refused may refuse this too
            of = Subject(Entity.CLINIC)
            work.audit.note(AuditAction.MOVED, of, new={"to": to, "refused": True})
            work.commit()

    def server_advice(self) -> str:
        """What whoever runs the clinic's server should look at; empty when there is nothing."""
        if not self.is_on_server:
            return ""
        from bodymap.storage.postgres.engine import advice  # noqa: PLC0415 - few need it

        return advice(self.engine)

    def upgrade_server(self, server: Server, login: str, password: str) -> int:
        """Bring the server's tables to the revision of this program, and say which it is.

        The clinic does not open before that, so that only the keys are asked who calls.

        Raises:
            SignInError: The name or the password is wrong.
            BodymapError: The clinic is not on a server, or the server refuses.
        """
        from bodymap.storage.postgres.connecting import upgraded  # noqa: PLC0415 - few need it

        self.vault.sign_in(login, password)
        return upgraded(self.vault, server)

    def sign_in_to_restore(self, login: str, password: str) -> str:
        """Sign in, or, where the data does not open, take the keys in hand at least.

        Returns:
            What is wrong with the data; empty when nothing is or there is none.

        Raises:
            SignInError: The name or the password is wrong.
        """
        if not (self.folder / FILE_NAME).exists():
            self.vault.sign_in(login, password)
            return ""
        try:
            self.sign_in.sign_in(login, password)
        except DamagedDataError as problem:
            return str(problem)
        return ""

    def _open_backups(self) -> "FolderBackups":
        from bodymap.storage.backups import FolderBackups  # noqa: PLC0415 - slow to load

        server = self.engine if self.is_on_server else None
        return FolderBackups(self.folder, self.vault, self._nobody_at_work, server)

    @contextmanager
    def _nobody_at_work(self) -> Iterator[None]:
        """Let go of the data file, and of nobody's keys, until the block ends."""
        try:
            with self._one_by_one:
                self._is_free.clear()
                self._let_go()
            yield
        finally:
            self._is_free.set()

    def _wait_for_restore(self) -> None:
        """Let a thread wait; the window must not, and is told so."""
        if current_thread() is main_thread() or not self._is_free.wait(_LONGEST_RESTORE_S):
            raise BodymapError("A backup is being put back. Wait until it is done.")

    def _let_go(self) -> None:
        with self._one_by_one:
            if (opened := self.__dict__.pop("_data_file", None)) is not None:
                opened.close()

    def _prepare(self, key: DataKey) -> None:
        """Take in the data of a program from before there was encryption, if there is any."""
        from bodymap.storage.taking_in import prepare_folder  # noqa: PLC0415 - slow to load

        prepare_folder(self.folder, key)

    @property
    def kept_plain(self) -> Path | None:
        """Where the data lies that was not encrypted before, if it was taken in just now."""
        return self._data_file.kept_plain if "_data_file" in self.__dict__ else None

    @property
    def engine(self) -> "Engine":
        """The data file's own connections, to look at it from beneath."""
        return self._data_file.engine

    def _keep_trails_end(self) -> None:
        """Put down who leaves, and tell the key file where the audit trail ends."""
        with suppress(BodymapError):  # the data is safe without it
            self.access.put_down_denials()
        with suppress(BodymapError), self.open_work() as work:
            if (leaving := self.access.actor) is not None:
                work.audit.note(AuditAction.SIGNED_OUT, Subject(Entity.USER, leaving))
                work.commit()
            keep_end(work, self.signer)

    def check_there_is_a_clinic(self) -> None:
        """Refuse to go on in a folder that holds none.

        Raises:
            BodymapError: There is none.
        """
        if not self.sign_in.is_set_up:
            raise BodymapError(
                f"There is no clinic in {self.folder}. Open bodymap once to begin one, "
                "or name another folder with --data."
            )

    def fill_with_demo(self) -> int:
        """Found the demo clinic, sign its owner in, and say how many visits it has.

        Raises:
            BodymapError: The folder holds a clinic already.
        """
        if self.sign_in.is_set_up or (self.folder / FILE_NAME).exists():
            raise BodymapError(
                f"The folder {self.folder} holds a clinic already; name an empty one with --data."
            )
        from bodymap.desk.demo import found_demo_clinic  # noqa: PLC0415 - slow to load

        make_folder(self.folder)
        return found_demo_clinic(self.vault, self.open_work, self.access, self.atlas, self.signer)

    def close(self) -> None:
        """Let go of the data file, if it was opened, and of the keys."""
        if "_data_file" in self.__dict__:
            self._keep_trails_end()
        self.sign_in.sign_out()  # without the keys nobody opens the file again
        self._let_go()


class StorePlaces:
    """The data file and the server; see `desk.relocating.Places`."""

    def __init__(self, application: Application) -> None:
        self._application = application

    @property
    def server(self) -> str:
        """The server's name; empty while the clinic is in the data file."""
        if not self._application.is_on_server:
            return ""
        return host_of(self._application.vault.note(SERVER))

    def to_server(self, wanted: Destination, told: Told) -> Moved:
        """Move the clinic there."""
        at = (wanted.host, wanted.database)
        server = Server(
            url=url_of(*at, wanted.daily.name, wanted.certificate),
            owner_url=url_of(*at, wanted.owner.name, wanted.certificate),
            password=wanted.daily.password,
            owner_password=wanted.owner.password,
            insecure_loopback=wanted.is_this_computer,
        )
        rows = self._application.connect(server, told)
        return Moved(rows, self._application.server_advice())

    def to_file(self, owner: Role, told: Told) -> Moved:
        """Bring it back."""
        here = self._application.vault.note(SERVER)
        server = Server(
            url="",
            owner_url=url_for(here, owner.name),
            password="",
            owner_password=owner.password,
            insecure_loopback=is_without_tls(here),
            back=True,
        )
        return Moved(self._application.connect(server, told))


class StoreProof:
    """Looks at the data file beneath everything else; see `desk.verifying.Proof`."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def check(self, told: Told) -> tuple[Finding, ...]:
        """Look at everything."""
        from bodymap.storage.verify import verify  # noqa: PLC0415 - slow to load

        return verify(self._application.engine, self._application.signer.anchored(), told)

    def look(self) -> tuple[Finding, ...]:
        """Look at what shows at once."""
        from bodymap.storage.verify import quick_findings  # noqa: PLC0415 - slow to load

        return quick_findings(self._application.engine, self._application.signer.anchored())


class LateSigner:
    """Signs with the keys of the vault; what is slow to load waits for the first signature."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def prove(self, password: str, message: bytes) -> Proof:
        """Sign a message; see `desk.ports.Signer`."""
        return self._signer.prove(password, message)

    def anchor(self, head: AuditHead) -> None:
        """Keep the audit trail's end apart from the data."""
        self._signer.anchor(head)

    def anchored(self) -> AuditHead:
        """The trail's end that was kept last."""
        return self._signer.anchored()

    def is_genuine(self, signature: Signature) -> bool:
        """Whether the key of the signature made it over exactly this statement."""
        return self._signer.is_genuine(signature)

    @cached_property
    def _signer(self) -> "VaultSigner":
        from bodymap.storage.signer import VaultSigner  # noqa: PLC0415 - slow to load

        return VaultSigner(self._vault)


def _print_trail(
    lines: Sequence[AuditLine], asked: str, printed_at: datetime, target: Path, paper: str
) -> None:
    from bodymap.reports.audit_trail import print_trail  # noqa: PLC0415 - slow to load

    print_trail(lines, asked, printed_at, target, paper)


def _screening_items() -> Iterable[ScreeningItem]:
    return Knowledge.load().screening.values()


class LatePrinter:
    """The session summary's printer, loaded when something is first printed and then kept."""

    def __init__(self, atlas: "Atlas") -> None:
        self._atlas = atlas

    def print_summary(self, record: SessionRecord, target: Path, paper: str) -> None:
        """Write the PDF; see `desk.ports.Printer`."""
        self._printer.print_summary(record, target, paper)

    @cached_property
    def _printer(self) -> Printer:
        from bodymap.reports.session_summary import SummaryPrinter  # noqa: PLC0415 - slow to load

        return SummaryPrinter(lambda view: self._atlas.view(view).drawing)


def chosen_folder(named: Path | None) -> Path:
    """The data folder: the one named, else `BODYMAP_DATA`, else the platform's own."""
    return data_folder(named, os.environ)


def to_restore(backup: Path, named: Path | None) -> Application:
    """The application over a data folder that a backup goes to, which may hold nothing yet.

    One signs in with the key file of the folder, or with the backup's where that is no good.

    Raises:
        BodymapError: There is no backup, or the folder cannot be made.
    """
    from bodymap.storage.backup_manifest import backup_at  # noqa: PLC0415 - slow to load

    folder = chosen_folder(named)
    application = Application(folder)
    with suppress(BodymapError):
        if application.sign_in.is_set_up and application.sign_in.clinic:
            return application
    backup_at(backup)  # only then is there a reason to make a folder
    make_folder(folder)
    beside = backup if backup.is_dir() else backup.parent
    return Application(folder, key_file=beside.absolute() / KEY_FILE)


def make_folder(folder: Path) -> None:
    """Make a folder that may be there already.

    Raises:
        BodymapError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BodymapError(f"The folder {folder} cannot be made: {problem.strerror}.") from problem
