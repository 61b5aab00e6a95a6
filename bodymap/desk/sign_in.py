"""The door: set up a clinic, sign in, lock, unlock, and the users who may come in."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import uuid4

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.people import Role, User, UserId
from bodymap.chart.permissions import Action
from bodymap.desk.access import Access
from bodymap.desk.auditing import put_down_about
from bodymap.desk.entry import InvalidEntryError, entered
from bodymap.desk.ports import Keys, OpenWork
from bodymap.desk.retrying import tried_twice
from bodymap.desk.supervision import check_supervised
from bodymap.desk.versions import brought_together
from bodymap.errors import BodymapError, DeniedError, NotFoundError, SignInError, StorageError

SHORTEST_PASSWORD = 8
"""Characters; after NIST SP 800-63B, 5.1.1.2."""

LONGEST_PASSWORD = 1024
"""Characters; the keys try nothing longer."""

_BEGUN = (
    "The clinic was begun all the same. Once this is mended, sign in with the name and the "
    "password you have just chosen: that finishes it, and the recovery key is shown then."
)


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first start asks for."""

    clinic: str
    owner: str
    login: str
    password: str


class SignIn:
    """Opens the clinic for somebody, and closes it.

    Args:
        keys: The key file.
        open_work: The store; it works once the keys are in hand.
        access: Told who is at the desk.
    """

    def __init__(
        self,
        keys: Keys,
        open_work: OpenWork,
        access: Access,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self._keys = keys
        self._open_work = open_work
        self._access = access
        self._new_id = new_id
        self._founder: User | None = None

    @property
    def is_set_up(self) -> bool:
        """Whether there is a clinic to sign in to."""
        return self._keys.is_set_up

    @property
    def clinic(self) -> str:
        """The clinic's name."""
        return self._keys.clinic

    @property
    def user(self) -> User:
        """Who is signed in.

        Raises:
            DeniedError: Nobody is.
        """
        return self._access.user

    @property
    def is_signed_in(self) -> bool:
        """Whether anybody is."""
        return self._access.is_signed_in

    @property
    def only_reading(self) -> str:
        """Why nothing can be changed just now, and what to do; empty when all can be."""
        return self._access.only_reading

    def might(self, action: Action) -> bool:
        """Whether the signed-in user may do something to some visit at least."""
        return self._access.might(action)

    def check_still_in(self) -> None:
        """See that the signed-in user has not been shut out meanwhile.

        Raises:
            DeniedError: They have.
        """
        if self._access.user.disabled:
            raise DeniedError("You may no longer work here. Ask an administrator.")

    def set_up(self, founding: Founding) -> str:
        """Found the clinic with its owner, and sign the owner in.

        The owner is therapist and administrator.

        Returns:
            The recovery key, to be printed; it is kept nowhere.

        Raises:
            InvalidEntryError: Something is missing or the password is too short.
            StorageError: There is a clinic already, or the disk refuses. Where it refuses once the
                key file is there, whoever signs in next finishes it, and is owed the key.
        """
        checked_login(founding.login)
        checked_password(founding.password)
        if not (founding.clinic.strip() and founding.owner.strip()):
            raise InvalidEntryError("The clinic's name and yours are both needed.")
        owner = User(
            UserId(self._new_id()),
            founding.owner.strip(),
            login=founding.login.strip(),
            also=frozenset({Role.ADMIN}),
        )
        way_in = (owner.id, founding.login)
        recovery = self._keys.set_up(founding.clinic.strip(), way_in, founding.password)
        self._founder = owner
        try:
            with self._open_work() as work:
                work.people.put_user(owner)
                work.commit()
            self._access.begin(owner.id)
        except BodymapError as problem:
            self._keys.close()
            raise StorageError(f"{problem} {_BEGUN}") from problem
        return recovery

    def sign_in(self, login: str, password: str) -> User:
        """Sign a user in.

        Raises:
            WrongPasswordError: The name or the password is wrong.
            TooManyTriesError: It has been tried too often.
            DeniedError: The user was shut out.
            StorageError: The key file or the data is damaged.
        """
        user = self._keys.sign_in(login, password)
        try:
            signed_in = self._begun(user, login)
        except DeniedError:
            self._keys.close()
            raise
        try:
            self._put_down_sign_in(user)
        except BodymapError:
            self._access.end()
            raise
        return signed_in

    def _begun(self, user: UserId, login: str) -> User:
        try:
            return self._access.begin(user)
        except NotFoundError:
            self._finish_founding(user, login)
            return self._access.begin(user)

    def _finish_founding(self, user: UserId, login: str) -> None:
        """Add the owner whom a kill or a full disk has kept out of the data at setting up.

        Raises:
            DeniedError: The clinic was founded well; this user is not in its data.
        """
        with self._open_work() as work:
            if any(known.login for known in work.people.users()):
                raise DeniedError("This user is no longer in the data of the clinic.")
            name = login.strip()
            owner = User(user, name.title(), login=name, also=frozenset({Role.ADMIN}))
            known = self._founder  # in the same run the name is still known as it was typed
            work.people.put_user(known if known is not None and known.id == user else owner)
            work.commit()

    def _put_down_sign_in(self, user: UserId) -> None:
        """Tell the trail; while nobody was signed in, it could not be told of failures."""
        with self._open_work() as work:
            if failed := self._keys.failed_before:
                subject = Subject(Entity.USER, user)
                work.audit.note(AuditAction.SIGN_IN_FAILED, subject, new={"times": failed})
            work.audit.note(AuditAction.SIGNED_IN, Subject(Entity.USER, user))
            work.commit()

    def recover(self, recovery_key: str, login: str, password: str) -> User:
        """Give a user a new password by the printed key, and sign them in.

        Raises:
            WrongPasswordError: It is not the key of this clinic.
            InvalidEntryError: Nobody signs in with this name, or no longer, or the password is
                too short or too long.
            StorageError: Nothing can be changed just now, or the store refuses.
        """
        checked_password(password)
        self._keys.recover(recovery_key)
        try:
            user = self._who_signs_in_as(login.strip())
            self._access.check_can_be_changed()
            # First: a way in that is not put down is none.
            put_down_about(self._open_work, AuditAction.BREAK_GLASS, user.id)
            self._keys.give_way_in(user.id, user.login, password)
        except BodymapError:
            self._keys.close()
            raise
        with suppress(StorageError):  # else whoever has just typed it is shown another one
            if self._keys.recovery_key_is_owed:
                self._keys.hand_over_recovery_key()
        return self.sign_in(login, password)

    def _who_signs_in_as(self, login: str) -> User:
        with self._open_work() as work:
            users = work.people.users()
        found = next((one for one in users if one.login.casefold() == login.casefold()), None)
        if found is None:
            raise InvalidEntryError(f"Nobody signs in as “{login}”.")
        if found.disabled:
            raise InvalidEntryError(
                f"{found.name} is shut out. Sign in as an administrator to let them in again."
            )
        return found

    def unlock(self, password: str) -> None:
        """See that the one who sits here is the one who signed in.

        A disk that takes nothing keeps nobody from a patient in whom needles are: then it is not
        put down, like all that is only read meanwhile.

        Raises:
            WrongPasswordError: The password is wrong.
            TooManyTriesError: It has been tried too often.
            DeniedError: The user was shut out meanwhile.
        """
        user = self._access.user
        try:
            self._keys.confirm(user.id, password)
        except SignInError:
            with suppress(StorageError):
                put_down_about(self._open_work, AuditAction.SIGN_IN_FAILED, user.id)
            raise
        self._access.begin(user.id)
        with suppress(StorageError):
            put_down_about(self._open_work, AuditAction.UNLOCKED, user.id)

    def put_down_lock(self, why: str) -> None:
        """Tell the audit trail that the desk was locked, and what locked it."""
        user = self._access.user.id
        with self._open_work() as work:
            work.audit.note(AuditAction.LOCKED, Subject(Entity.USER, user), new={"why": why})
            work.commit()

    def change_password(self, old: str, new: str) -> None:
        """Change the password of the one who is signed in.

        Raises:
            WrongPasswordError: The old one is wrong.
            InvalidEntryError: The new one is too short.
        """
        self._access.require(Action.CHANGE_OWN_PASSWORD)
        checked_password(new)
        self._keys.change_password(self._access.user.id, old, new)
        put_down_about(self._open_work, AuditAction.PASSWORD_CHANGED, self._access.user.id)

    def sign_out(self) -> None:
        """Let go of the keys."""
        self._access.end()
        self._keys.close()


class Users:
    """The users of the clinic, as an administrator keeps them."""

    def __init__(
        self,
        keys: Keys,
        open_work: OpenWork,
        access: Access,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self._keys = keys
        self._open_work = open_work
        self._access = access
        self._new_id = new_id

    def all(self) -> tuple[User, ...]:
        """Everyone, by name."""
        with self._open_work() as work:
            return tuple(work.people.users())

    def add(self, user: User, password: str) -> User:
        """Add somebody who may sign in from now on.

        Args:
            user: Who, as entered; the id is given here.
            password: Their first password.

        Raises:
            InvalidEntryError: Something is missing or taken.
            DeniedError: Only an administrator may.
        """
        self._access.require(Action.KEEP_USERS)
        added = replace(user, id=UserId(self._new_id()), login=checked_login(user.login))
        self._check_sense(added)
        checked_password(password)
        tried_twice(lambda: self._put(added))
        self._keys.give_way_in(added.id, added.login, password)
        return added

    def change(self, user: User, known: User | None = None, password: str = "") -> None:
        """Change a name, roles or supervisors, and the password if it is to be another.

        Everything is looked at before anything is stored.

        Args:
            user: The user as wanted; another name to sign in with needs another password too.
            known: The user as they were shown; what was changed elsewhere since stays so.
            password: The new or first password; empty where it stays as it is.

        Raises:
            InvalidEntryError: Something is missing or taken, the password is too short, they are
                shut out and get none, or the clinic would be left without an administrator or a
                trainee without a supervisor.
            DeniedError: Only an administrator may.
            AlsoChangedError: Somebody else changed the same since.
            StorageError: The store refuses; the text says whether all but the password is kept.
        """
        self._access.require(Action.KEEP_USERS)
        self._check_sense(user)
        if password:
            user = replace(user, login=checked_login(user.login))
            checked_password(password)

        def wanted(stored: User) -> User:
            after = entered(lambda: brought_together(known or stored, user, stored))
            _check_way_in(after, stored, password)
            return after

        after = self._keep(user.id, wanted)
        if password:
            self._give(after, password)

    def _give(self, user: User, password: str) -> None:
        try:
            self._keys.give_way_in(user.id, user.login, password)
        except StorageError as problem:
            raise StorageError(
                f"The password of {user.name} is the one before; all else is saved. {problem}"
            ) from problem
        put_down_about(self._open_work, AuditAction.PASSWORD_CHANGED, user.id)

    def shut_out(self, user: UserId) -> None:
        """Disable a user: out at once, and no password opens anything any more.

        Raises:
            InvalidEntryError: It is oneself, the last administrator, or a trainee's only
                supervisor.
            DeniedError: Only an administrator may.
        """
        self._access.require(Action.KEEP_USERS)
        if user == self._access.user.id:
            raise InvalidEntryError("You cannot shut yourself out.")
        self._keep(user, lambda stored: replace(stored, disabled=True))
        self._keys.take_way_in(user)

    def let_in(self, user: UserId, password: str) -> None:
        """Let somebody back in who was shut out, with a new password.

        Raises:
            InvalidEntryError: The password is too short, or a trainee has no supervisor any more.
            DeniedError: Only an administrator may.
        """
        self._access.require(Action.KEEP_USERS)
        checked_password(password)
        back = self._keep(user, lambda stored: replace(stored, disabled=False))
        self._keys.give_way_in(user, back.login, password)

    def _keep(self, user: UserId, wanted: Callable[[User], User]) -> User:
        """Change a user as they are now, in one transaction."""
        return tried_twice(lambda: self._kept(user, wanted))

    def _kept(self, user: UserId, wanted: Callable[[User], User]) -> User:
        with self._open_work() as work:
            before, all_users = work.people.user(user), work.people.users()
            after = wanted(before)
            _check_free(after, all_users)
            _check_administered(after, all_users)
            check_supervised(after, all_users)
            if after != before:
                work.people.put_user(after)
                work.commit()
        return after

    def _put(self, added: User) -> None:
        with self._open_work() as work:
            all_users = work.people.users()
            _check_free(added, all_users)
            check_supervised(added, all_users)
            work.people.put_user(added)
            work.commit()

    def _check_sense(self, user: User) -> None:
        if not user.name.strip():
            raise InvalidEntryError("The name is missing.")
        if user.role is Role.TRAINEE and not user.supervisors:
            raise InvalidEntryError("A trainee needs a supervisor: choose at least one.")


def _check_way_in(after: User, before: User, password: str) -> None:
    if password and before.disabled:
        raise InvalidEntryError(f"{before.name} is shut out; let them in again first.")
    if not password and after.login != before.login:
        raise InvalidEntryError(
            "Another name to sign in with needs a new password as well: type one."
        )


def _check_free(user: User, known: Iterable[User]) -> None:
    for other in known:
        if user.login and other.id != user.id and other.login.casefold() == user.login.casefold():
            raise InvalidEntryError(f"{other.name} signs in as “{user.login}” already.")


def _check_administered(changed: User, known: Iterable[User]) -> None:
    others = [user for user in known if user.id != changed.id]
    able = [user for user in (*others, changed) if not user.disabled]
    if not any(Role.ADMIN in user.roles and user.login for user in able):
        raise InvalidEntryError("The clinic needs at least one administrator who may sign in.")


def checked_login(login: str) -> str:
    """A login name without blanks about it.

    Raises:
        InvalidEntryError: It is empty, too long or has blanks inside.
    """
    name = login.strip()
    if not name or len(name) > 40 or any(letter.isspace() for letter in name):
        raise InvalidEntryError("The name to sign in with is one word of at most 40 letters.")
    return name


def checked_password(password: str) -> str:
    """A password that is long enough, and not too long to be tried later.

    Raises:
        InvalidEntryError: It is too short or too long.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidEntryError(f"A password has at least {SHORTEST_PASSWORD} characters.")
    if len(password) > LONGEST_PASSWORD:
        raise InvalidEntryError(f"A password has at most {LONGEST_PASSWORD:,} characters.")
    return password
