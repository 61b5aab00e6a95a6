"""Tips that show what was typed as it was typed."""

from html import escape


def plain_tip(text: str) -> str:
    """Words for a tip, in which Qt would otherwise take `<b>` for markup."""
    return f"<span>{escape(text)}</span>" if text else ""
