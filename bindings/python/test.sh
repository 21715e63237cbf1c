#!/usr/bin/env bash
# Everything that must hold of the Python package: bash bindings/python/test.sh
#   PRM_TOOLS=DIR         where environments are kept, by default ~/.cache/prm-tools
#   CARGO_TARGET_DIR=DIR  where Rust is built
# The wheel is built, installed in a clean environment outside the source tree, and tested from there.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD root=$(cd ../.. && pwd)
tools=${PRM_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/prm-tools}/python
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
pyright_version=1.1.414
export PYTHONDONTWRITEBYTECODE=1 TQDM_DISABLE=1

say() { printf '\n--- %s\n' "$1"; }

say "environment"
# Named after what is in it, so that another list of packages is another environment.
environment=$tools/env-$(cat requirements.txt <(python3 --version) | sha256sum | cut -c1-12)
if [ ! -e "$environment/complete" ]; then
    rm -rf "$environment"
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check -r requirements.txt
    touch "$environment/complete"
fi
python=$environment/bin/python
printf '%s\n' "$environment"

say "wheel"
# The interpreter is named, or the path of another one would build everything anew.
"$environment/bin/maturin" build --release --interpreter "$python" --out "$scratch/dist" --quiet
wheel=$(echo "$scratch"/dist/*.whl)
"$python" - "$wheel" <<'PY'
import sys, zipfile
names = zipfile.ZipFile(sys.argv[1]).namelist()
wanted = {"prm/__init__.py", "prm/py.typed", "prm/_native.pyi", "prm/_model/people.py", "prm/_rooms/people.py"}
assert wanted <= set(names), wanted - set(names)
assert sum(name.startswith("prm/_native.") and not name.endswith(".pyi") for name in names) == 1
stray = [name for name in names if not name.startswith(("prm/", "prm-")) or "test" in name]
assert not stray, stray
print(f"{len(names)} files")
PY

say "clean environment"
# The packages that tests use come from the environment above; the wheel is the one that is new.
python3 -m venv "$scratch/clean"
"$scratch/clean/bin/pip" install --quiet --disable-pip-version-check --no-index --no-deps "$wheel"
(cd "$scratch" && env -i PATH=/usr/bin:/bin "$scratch/clean/bin/python" -I -W error -c '
import prm
with prm.open_memory(demo=True) as p, p.session(actor="demo", purpose="HOPERAT") as s:
    assert s.people.search("amara")
print("the wheel runs alone:", prm.__file__)')
site=$(echo "$scratch"/clean/lib/python*/site-packages)
others=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
printf '%s\n' "$others" >"$site/tests.pth"
clean=$scratch/clean/bin/python

say "tests"
cp -r tests "$scratch/tests"
cp pyproject.toml "$scratch/"
(cd "$scratch" && PRM_ROOT=$root "$clean" -W error -m pytest -q -p no:cacheprovider -c pyproject.toml tests)

say "stub"
# With the features of the wheel, or the core would be built anew.
"$environment/bin/maturin" generate-stubs --profile release --features stubs,fast-aes --interpreter "$python" --out "$scratch/stubs" --quiet
"$python" stub.py "$scratch/stubs/prm/_native.pyi" --check
echo "the stub is that of the native module"

say "types"
(cd "$scratch" && "$clean" -m mypy --config-file "$here/mypy.ini" --python-executable "$clean" --cache-dir "$scratch/mypy" \
    -p prm && "$clean" -m mypy --config-file "$here/mypy.ini" --cache-dir "$scratch/mypy" "$root/examples/python" "$here/bench.py" "$here/stub.py" tests)
(cd "$scratch" && "$clean" -m mypy.stubtest prm._native --mypy-config-file "$here/mypy.ini")
pyright=$tools/node_modules/.bin/pyright
if [ ! -x "$pyright" ] && command -v npm >/dev/null; then
    npm install --silent --no-audit --no-fund --prefix "$tools" "pyright@$pyright_version"
fi
if [ -x "$pyright" ]; then
    # It looks for packages with the `python` that it finds.
    (cd "$scratch" && mkdir -p elsewhere && cd elsewhere &&
        PATH="$scratch/clean/bin:$PATH" "$pyright" --verifytypes prm --ignoreexternal >"$scratch/verified" ||
        { grep -A2 error "$scratch/verified"; false; })
    grep -q 'score: 100%' "$scratch/verified"
    (cd "$scratch" && "$pyright" --pythonpath "$clean" "$root/examples/python")
elif [ "${PRM_REQUIRE_ALL:-0}" = 1 ]; then
    echo "there is no npm to install pyright with: bash tests/setup.sh" >&2
    exit 1
else
    echo "SKIPPED: pyright, for there is no npm to install it with"
fi

say "examples"
(cd "$scratch" && "$clean" -W error "$root/examples/python/clinic_day.py" "$(mktemp -d -p "$scratch")")
"$clean" -m ipykernel install --prefix "$scratch/clean" --name python3 >/dev/null 2>&1
(cd "$scratch" && "$clean" "$root/examples/python/make_notebook.py" "$scratch/journey.ipynb" &&
    "$clean" -m nbconvert --to notebook --execute --output executed.ipynb "$scratch/journey.ipynb" 2>/dev/null)
"$clean" - "$root/examples/python/journey.ipynb" "$scratch/executed.ipynb" <<'PY'
import sys, nbformat
committed, executed = (nbformat.read(path, as_version=4) for path in sys.argv[1:])
assert [c.source for c in committed.cells] == [c.source for c in executed.cells], "run examples/python/make_notebook.py and execute it"
for notebook in (committed, executed):
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    pictures = [o for o in outputs if "<svg" in o.get("data", {}).get("text/html", "")]
    assert len(pictures) == 2 and not [o for o in outputs if o.output_type == "error"]
print("the notebook runs and shows its pictures")
PY

say "bench, rehearsed"
(cd "$scratch" && "$clean" "$here/bench.py" --rows 2000 --rounds 1)
