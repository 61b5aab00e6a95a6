"""Makes ready what the window needs at once, while somebody still types the password.

All of it happens beside the entrance: nothing here touches a widget.
"""

import bodymap.widgets.data_page.keeping
import bodymap.widgets.examining
import bodymap.widgets.main_window
import bodymap.widgets.reviewing  # noqa: F401 - loaded with this module, before the window asks
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.widgets.actions import SPECS
from bodymap.widgets.icons import draw_ahead
from bodymap.widgets.theme import Theme

_SIGNS = (("close", "muted"), ("search", "muted"), ("back", "accent"), ("print", "accent-ink"))
"""Icons of buttons that stand for no action."""


def make_ready(atlas: Atlas, view: ViewId, theme: Theme) -> None:
    """Open the view that is shown first, read what is asked before needling, draw the icons.

    Raises:
        BodymapError: A file of the program cannot be read; the window will say so too.
    """
    for name, role in (*((spec.icon, spec.role) for spec in SPECS.values()), *_SIGNS):
        if name:
            draw_ahead(name, theme, role)
    atlas.view(view)
    _ = Knowledge.load().screening
