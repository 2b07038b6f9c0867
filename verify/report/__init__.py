"""The referee's report: one offline page, the same in Markdown, and the records as JSON with their schema.

    write_report(result, folder, figures)

prints the frozen records of ``verify.results`` and adds nothing of its own but counts, links and the place where a proof first breaks. Beside the report
stand an erratum, the chain of proof, and the sentences of the abstract, derived from the same records.
"""

from verify.report.document import SCHEMA, SCHEMA_VERSION
from verify.report.figures import Curve, FigureData
from verify.report.pages import PAGES_SCHEMA, PAGES_VERSION, Pack, read_pack
from verify.report.write import write_report

__all__ = ["PAGES_SCHEMA", "PAGES_VERSION", "SCHEMA", "SCHEMA_VERSION", "Curve", "FigureData", "Pack", "read_pack", "write_report"]
