import subprocess
import sys

PROGRAM = """
import sys
from bodymap.widgets.main_window import MainWindow
slow = {"sqlalchemy", "alembic", "reportlab", "sqlcipher3"} & set(sys.modules)
sys.exit(f"loaded before anything is seen: {sorted(slow)}" if slow else 0)
"""


def test_what_is_slow_to_load_is_not_loaded_for_the_window():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
