"""Where everything is wired together: the only module that sees every layer."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from bodymap.atlas.hit import Atlas
from bodymap.desk.clinic import Clinic
from bodymap.desk.ports import OpenWork, SessionRecord
from bodymap.desk.printing import Printing
