"""From the button to the PDF that was asked for."""
