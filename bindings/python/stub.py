"""Makes the stub of the native module from what ``maturin generate-stubs`` wrote: annotations without quotes, and imports.

``python stub.py GENERATED [--check]`` writes ``python/prm/_native.pyi``, or tells whether it is the same.
"""

from __future__ import annotations

import difflib
import re
import sys
from pathlib import Path

COMMITTED = Path(__file__).parent / "python" / "prm" / "_native.pyi"
IMPORTS = "import datetime\nimport os\n\nimport prm._model\nimport prm._scalars\n"


def made(generated: str) -> str:
    """The stub as it is committed."""
    bare = re.sub(r'(: |-> )"([^"\n]+)"', r"\1\2", generated)
    return bare.replace("from typing import final\n", f"{IMPORTS}from typing import final\n", 1)


def main() -> int:
    """Runs the command; gives its exit status."""
    wanted = made(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if "--check" not in sys.argv:
        COMMITTED.write_text(wanted, encoding="utf-8")
        return 0
    committed = COMMITTED.read_text(encoding="utf-8")
    sys.stdout.writelines(difflib.unified_diff(committed.splitlines(True), wanted.splitlines(True), "committed", "made"))
    return int(committed != wanted)


if __name__ == "__main__":
    sys.exit(main())
