"""A wire between a seat and its server that can be cut."""

import socket
from contextlib import suppress
from threading import Lock, Thread


class Wire:
    """Listens on loopback and passes everything on, until it is cut.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._lock = Lock()
        self._ends: set[socket.socket] = set()
        self._is_whole = True
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        Thread(target=self._let_in, daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        with self._lock:
            self._is_whole = False
            for end in self._ends:
                _close(end)
            self._ends.clear()

    def mend(self) -> None:
        """Let connections through again."""
        with self._lock:
            self._is_whole = True

    def close(self) -> None:
        """Be gone."""
        self.cut()
        _close(self._door)

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._door.accept()
                with self._lock:
                    if not self._is_whole:
                        _close(here)
                        continue
                    there = socket.create_connection(("127.0.0.1", self._to_port))
                    self._ends |= {here, there}
                Thread(target=_pass_on, args=(here, there), daemon=True).start()
                Thread(target=_pass_on, args=(there, here), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    _close(one)
    _close(other)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
