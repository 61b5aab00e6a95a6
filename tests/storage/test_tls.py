"""The way to a server: with a certificate that proves who it is, or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bodymap.errors import StorageError
from bodymap.storage.postgres.address import Address
from bodymap.storage.postgres.database import open_database
from tests.postgres import PASSWORD, SUPER, Server, running_server


def made_certificate(folder: Path) -> tuple[Path, Path]:
    """A key, and a certificate of its own for this computer."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "clinic")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    key_file, certificate_file = folder / "server.key", folder / "server.crt"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    key_file.chmod(0o600)
    if os.geteuid() == 0:
        for path in (folder, key_file, certificate_file):
            shutil.chown(path, SUPER)
    folder.chmod(0o755)
    return key_file, certificate_file


@pytest.fixture(scope="module")
def certificate() -> Iterator[Path]:
    """The certificate of the running server."""
    folder = Path(tempfile.mkdtemp(prefix="bodymap-tls-"))
    made_certificate(folder)
    yield folder / "server.crt"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(certificate: Path) -> Iterator[Server]:
    key = certificate.with_suffix(".key")
    files = {"ssl_cert_file": str(certificate), "ssl_key_file": str(key)}
    with running_server(ssl="on", fsync="off", **files) as server:
        yield server


def address(server: Server, host: str, authority: Path) -> Address:
    url = server.url(server.with_tables()).replace("127.0.0.1", host)
    return Address.of(f"{url}?sslrootcert={authority}", PASSWORD)


def test_a_server_that_proves_who_it_is_is_spoken_to(server: Server, certificate: Path) -> None:
    there = address(server, "127.0.0.1", certificate)
    assert there.is_encrypted
    seat = open_database(there)
    with seat.engine.connect() as connection:
        encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.exec_driver_sql(encrypted).scalar() is True
    seat.close()


@pytest.mark.parametrize("wrong", ["name", "authority"])
def test_a_server_that_may_be_another_is_not(
    server: Server, certificate: Path, tmp_path: Path, wrong: str
) -> None:
    host, authority = "127.0.0.1", certificate
    if wrong == "name":
        host = "localhost"
    else:
        _, authority = made_certificate(tmp_path)
    with pytest.raises(StorageError, match="could not prove who it is"):
        open_database(address(server, host, authority))
