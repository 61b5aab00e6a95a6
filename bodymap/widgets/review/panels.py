"""The three parts of the window that a review needs, made together."""

from bodymap.atlas.hit import Atlas
from bodymap.widgets.review.beside import BesideBody
from bodymap.widgets.review.panel import ReviewPanel
from bodymap.widgets.review.queue import QueuePanel
from bodymap.widgets.theme import Theme


class ReviewPanels:
    """The list at the left, the earlier visit in the middle, the panel at the right."""

    def __init__(self, atlas: Atlas, theme: Theme) -> None:
        self.queue = QueuePanel(theme)
        self.beside = BesideBody(atlas, theme)
        self.panel = ReviewPanel(theme)

    def set_theme(self, theme: Theme) -> None:
        """Show them in another theme."""
        for part in (self.queue, self.beside, self.panel):
            part.set_theme(theme)
