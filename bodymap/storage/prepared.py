"""Statements for the driver as it is: put into SQL once, sent without further work on each.

A gesture sends several statements and a visit is read with some twenty. What SQLAlchemy does for
each of them anew takes many times as long as the database needs. Here the SQL is written by
SQLAlchemy when a statement is first used, once for each database; from then on the driver is
handed its text and its values. It goes to the same connection in the same transaction, and what
fails goes the same way as any other failure of the connection.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, NoReturn, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Enum,
    Integer,
    SQLColumnExpression,
    bindparam,
    event,
    select,
)
from sqlalchemy import inspect as mapping_of
from sqlalchemy.engine import ExecutionContext
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.orm import Mapper
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import ReturnsRows
from sqlalchemy.types import TypeEngine

from bodymap.storage.records import Values
from bodymap.storage.tables import Row

R = TypeVar("R", bound=Row)

_row_class: Callable[[str, Sequence[str]], Any] = namedtuple  # noqa: PYI024 - columns are known late

Convert = Callable[[Any], Any] | None
"""From a value here to the driver's, or back; None where they are the same."""

NO_VALUES: Values = {}

_FAILED = "bodymap_failed"
"""The option that carries what the driver raised."""


class Prepared:
    """A statement that is compiled when it is first used.

    Args:
        in_file: The statement.
        on_server: The same for a server, where it is not.
    """

    def __init__(self, in_file: ClauseElement, on_server: ClauseElement | None = None) -> None:
        self._in_file = in_file
        self._on_server = in_file if on_server is None else on_server
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    def run(self, on: Connection, rows: Sequence[Values]) -> int:
        """Write, once for each row of values, and return how many rows that made or altered.

        Args:
            on: The transaction.
            rows: All with the same names.
        """
        if not rows:
            return 0
        ready = self._ready(on, rows[0])
        cursor = on.connection.cursor()
        send(on, cursor, ready.text, [ready.given(values) for values in rows])
        return cursor.rowcount

    def ask(self, on: Connection, values: Values = NO_VALUES) -> Sequence[Sequence[Any]]:
        """Send it once and return its rows."""
        ready = self._ready(on, values)
        cursor = on.connection.cursor()
        send(on, cursor, ready.text, [ready.given(values)])
        try:
            rows = cursor.fetchall()
        except Exception as problem:  # noqa: BLE001 - a row that is read late may fail late
            _fail(on, ready.text, problem)
        return ready.read(on, cursor, rows) if rows else rows

    def _ready(self, on: Connection, values: Values) -> "_Compiled":
        key = (on.dialect.name, *values)
        ready = self._compiled.get(key)
        if ready is None:
            statement = self._on_server if on.dialect.name == "postgresql" else self._in_file
            ready = self._compiled[key] = _compiled(statement, on.dialect, tuple(values))
        return ready


class Rows(Generic[R]):
    """A question for rows of one kind.

    What it returns has the columns of a row and nothing more: it belongs to no session.

    Args:
        kind: Which rows.
        where: Which of them; its parameters have names.
        on_server: The same on a server, where it is not.
        through: Rows that these belong to, and how, if `where` speaks of them.
        order: In which order.
        limited: Whether there is a parameter `most`.
    """

    def __init__(
        self,
        kind: type[R],
        *where: ColumnElement[bool],
        on_server: Sequence[ColumnElement[bool]] | None = None,
        through: tuple[type[Row], ColumnElement[bool]] | None = None,
        order: Sequence[SQLColumnExpression[Any]] = (),
        limited: bool = False,
    ) -> None:
        mapper: Mapper[R] = mapping_of(kind)
        names = [attribute.key for attribute in mapper.column_attrs]
        query = select(*(attribute.columns[0] for attribute in mapper.column_attrs))
        query = query.select_from(kind).order_by(*order)
        if through is not None:
            query = query.join(*through)
        if limited:
            query = query.limit(bindparam("most", type_=Integer))
        server = query.where(*where if on_server is None else on_server)
        self._question = Prepared(query.where(*where), server)
        self._make = partial(tuple.__new__, _row_class(kind.__name__, names))

    def ask(self, on: Connection, values: Values) -> list[R]:
        """The rows."""
        return cast("list[R]", list(map(self._make, self._question.ask(on, values))))


@dataclass(slots=True)
class _Compiled:
    """A statement as one driver takes it."""

    text: str
    names: Sequence[tuple[str, Convert]]
    fixed: Values
    by_place: bool
    types: Sequence[TypeEngine[Any]]
    readers: Sequence[tuple[int, Callable[[Any], Any]]] | None = None

    def given(self, values: Values) -> Sequence[object] | Values:
        """The values as the driver takes them."""
        told = {**self.fixed, **values} if self.fixed else values
        if self.by_place:
            return tuple(
                [as_sent(told[name]) if as_sent else told[name] for name, as_sent in self.names]
            )
        return {
            name: as_sent(told[name]) if as_sent else told[name] for name, as_sent in self.names
        }

    def read(
        self, on: Connection, cursor: DBAPICursor, rows: Sequence[Sequence[Any]]
    ) -> Sequence[Sequence[Any]]:
        """The rows that have come, with values as the record has them."""
        if self.readers is None:
            self.readers = _readers(self.types, on.dialect, cursor)
        if not self.readers:
            return rows
        read = list(map(list, rows))
        for at, reader in self.readers:
            for values in read:
                values[at] = reader(values[at])
        return read


def send(on: Connection, cursor: DBAPICursor, text: str, given: Sequence[Any]) -> None:
    """Hand a statement to the driver, once for each set of values.

    Raises:
        BodymapError: As the connection's engine puts what fails.
    """
    try:
        if len(given) == 1:
            cursor.execute(text, given[0])
        else:
            cursor.executemany(text, given)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the engine is to hear of it
        _fail(on, text, problem)


def tell(on: Connection, text: str) -> None:
    """Hand the driver a word without values, such as BEGIN."""
    send(on, on.connection.cursor(), text, [()])


def hear_failures(engine: Engine) -> None:
    """Let what fails in a prepared statement go the way of every failure of this engine."""

    def pass_on(
        _cursor: DBAPICursor, _statement: str, _parameters: object, context: ExecutionContext
    ) -> None:
        failed: Exception | None = context.execution_options.get(_FAILED)
        if failed is not None:
            raise failed

    event.listen(engine, "do_execute", pass_on)


def _fail(on: Connection, text: str, problem: Exception) -> NoReturn:
    on.exec_driver_sql(text, execution_options={_FAILED: problem})  # raised there, see above
    raise problem


def _compiled(statement: ClauseElement, dialect: Dialect, names: Sequence[str]) -> _Compiled:
    made = statement.compile(dialect=dialect, column_keys=list(names) or None)
    if not isinstance(made, SQLCompiler):
        raise TypeError("only questions and writes can be prepared")
    order = made.positiontup if made.positional else list(made.params)
    types = {name: bound.type.dialect_impl(dialect) for name, bound in made.binds.items()}
    convert = [(name, types[name].bind_processor(dialect)) for name in order or ()]
    fixed: Values = {name: made.params[name] for name, _ in convert if name not in names}
    columns = statement.exported_columns if isinstance(statement, ReturnsRows) else ()
    return _Compiled(
        made.string, convert, fixed, made.positional, [column.type for column in columns]
    )


def _readers(
    types: Sequence[TypeEngine[Any]], dialect: Dialect, cursor: DBAPICursor
) -> Sequence[tuple[int, Callable[[Any], Any]]]:
    told = [column[1] for column in cursor.description or ()]
    found = (
        (at, kind.dialect_impl(dialect).result_processor(dialect, code))
        for at, (kind, code) in enumerate(zip(types, told, strict=True))
    )
    return [(at, _looked_up(types[at], reader)) for at, reader in found if reader is not None]


def _looked_up(kind: TypeEngine[Any], reader: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Where there are but a few words, each is looked up, and an unknown one is a KeyError."""
    if not isinstance(kind, Enum):
        return reader
    words: dict[str | None, Any] = {None: None, **{word: reader(word) for word in kind.enums}}
    return words.__getitem__
