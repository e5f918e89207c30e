"""The finished folder: published whole or not at all, and never over a person's work.

A folder DIR is built in a hidden sibling, written to the disk, and then takes DIR's place in one step. Names beside
DIR: `.DIR.docgen-XXXXXXXX` is a folder being built or thrown away and may always be deleted; `.DIR.docgen-old` is a
whole set that is taking DIR's place or leaving it; `.DIR.docgen-lock` is held by the docgen that works on DIR;
`DIR.bak-YYYYMMDD-n` is a former folder that a person had worked in. The next start mends what a killed run left.
"""

from docgen.output.contents import Contents, inspect
from docgen.output.provenance import compare
from docgen.output.publish import Published, publish

__all__ = ["Contents", "Published", "compare", "inspect", "publish"]
