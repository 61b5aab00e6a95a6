"""An address of a server: nobody listens on the way, and no password stands in it."""

import pytest

from bodymap.storage.postgres.address import Address, AddressError

THERE = "postgresql+psycopg://seat@server.example/clinic"


def test_a_server_has_to_prove_who_it_is() -> None:
    address = Address.of(THERE)
    assert address.as_url().query["sslmode"] == "verify-full"
    assert address.is_encrypted


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca", ""])
def test_nothing_less_is_taken(mode: str) -> None:
    with pytest.raises(AddressError, match="prove who it is"):
        Address.of(f"{THERE}?sslmode={mode}" if mode else f"{THERE}?sslmode=no")


@pytest.mark.parametrize("host", ["server.example", "10.0.0.7", "0.0.0.0", "localhost.example"])  # noqa: S104 - what is refused
def test_only_this_computer_does_without(host: str) -> None:
    with pytest.raises(AddressError, match="on this computer"):
        Address.of(THERE.replace("server.example", host), insecure_loopback=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_computer_may_do_without(host: str) -> None:
    address = Address.of(THERE.replace("server.example", host), insecure_loopback=True)
    assert address.as_url().query["sslmode"] == "disable"
    assert not address.is_encrypted


def test_a_password_stands_neither_in_the_address_nor_in_its_words() -> None:
    typed = THERE.replace("seat@", "seat:canary@")
    address = Address.of(typed)
    assert "canary" not in address.url + repr(address)
    assert address.as_url().password == "canary"  # noqa: S105 - made up


def test_other_parts_are_refused() -> None:
    with pytest.raises(AddressError, match="not known: options"):
        Address.of(f"{THERE}?options=-csynchronous_commit%3Doff")
