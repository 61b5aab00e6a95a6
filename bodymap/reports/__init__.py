"""ReportLab: the record on paper."""
