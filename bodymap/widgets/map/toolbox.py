"""Which class is behind which tool."""

from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.map.tools.barred import BarredTool
from bodymap.widgets.map.tools.brush import BrushTool, EraserTool
from bodymap.widgets.map.tools.lasso import LassoTool
from bodymap.widgets.map.tools.points import NeedleSiteTool, NoteTool, TriggerPointTool
from bodymap.widgets.map.tools.region import RegionTool
from bodymap.widgets.map.tools.select import SelectTool
from bodymap.widgets.map.tools.tool import Tool, ToolMap

_CLASSES: dict[ToolId, type[Tool]] = {
    ToolId.SELECT: SelectTool,
    ToolId.TRIGGER_POINT: TriggerPointTool,
    ToolId.NEEDLE_SITE: NeedleSiteTool,
    ToolId.PAIN_LASSO: LassoTool,
    ToolId.PAIN_REGION: RegionTool,
    ToolId.PAIN_BRUSH: BrushTool,
    ToolId.PAIN_ERASER: EraserTool,
    ToolId.NOTE: NoteTool,
    ToolId.BARRED_AREA: BarredTool,
}


def toolbox(on: ToolMap) -> dict[ToolId, Tool]:
    """One tool of each kind, for one map."""
    return {tool_id: made(on) for tool_id, made in _CLASSES.items()}
