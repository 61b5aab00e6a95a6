"""The tools a person can hold over the map."""

from enum import StrEnum


class ToolId(StrEnum):
    """What a press on the map does, in the order of the palette."""

    SELECT = "select"
    TRIGGER_POINT = "trigger-point"
    NEEDLE_SITE = "needle-site"
    PAIN_LASSO = "pain-lasso"
    PAIN_REGION = "pain-region"
    PAIN_BRUSH = "pain-brush"
    PAIN_ERASER = "pain-eraser"
    NOTE = "note"
    BARRED_AREA = "barred-area"

    @property
    def is_pain(self) -> bool:
        """Whether the tool draws areas of pain."""
        return self.value.startswith("pain-")

    @property
    def is_on_skin(self) -> bool:
        """Whether the tool takes areas of the skin, whatever of the body is drawn."""
        return self.is_pain or self is ToolId.BARRED_AREA
