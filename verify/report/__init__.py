"""The referee's report: one offline page, the same in Markdown, and the records as JSON with their schema.

    write_report(result, folder, figures)

prints the frozen records of ``verify.results`` and adds nothing of its own but counts, links and the place where a proof first breaks.
"""

from verify.report.document import SCHEMA, SCHEMA_VERSION
from verify.report.figures import Curve, FigureData
from verify.report.write import write_report

__all__ = ["SCHEMA", "SCHEMA_VERSION", "Curve", "FigureData", "write_report"]
