"""The command line as a program: exit codes, one-line errors, streams, files, completion."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

import policyparse
from policyparse.cli import COMMANDS
from policyparse.reading.folders import notices_in

ROOT = Path(__file__).parent.parent
CORPORA = ROOT / "corpora"
NOTICE = CORPORA / "lead_first.txt"
PROGRAM = [sys.executable, "-c", "from policyparse.cli import main; main(prog_name='policyparse')"]


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def run(*args: object, stdin: bytes | None = None, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run policyparse; standard input is empty unless given."""
    return subprocess.run(
        [*PROGRAM, *map(str, args)], input=stdin or b"", capture_output=True, env=environment(**more), timeout=120
    )


def expected(path: Path) -> dict[str, object]:
    body: dict[str, object] = json.loads(policyparse.parse(path).model_dump_json())
    return body


# --- JSON -----------------------------------------------------------------------------------------------------


def test_one_file_is_an_object() -> None:
    done = run("parse", NOTICE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == expected(NOTICE)
    assert "区民政局".encode() in done.stdout  # written as it is, not as \\u escapes


def test_several_files_are_an_array() -> None:
    other = CORPORA / "prose.txt"
    done = run("parse", NOTICE, other)
    assert done.returncode == 0
    assert json.loads(done.stdout) == [expected(NOTICE), expected(other)]


def test_jsonl_is_one_line_each() -> None:
    other = CORPORA / "prose.txt"
    lines = run("parse", "--format", "jsonl", NOTICE, other).stdout.splitlines()
    assert [json.loads(line) for line in lines] == [expected(NOTICE), expected(other)]


def test_folder_is_an_array_in_order() -> None:
    done = run("parse", CORPORA)
    names = [notice["source"]["name"] for notice in json.loads(done.stdout)]
    assert names == [path.name for path in notices_in(CORPORA)]
    assert {"lead_first.txt", "own_lines.md"} <= set(names)


def test_standard_input() -> None:
    done = run("parse", "-", stdin=NOTICE.read_bytes())
    notice = json.loads(done.stdout)
    assert done.returncode == 0
    assert notice["obligations"] == json.loads(policyparse.parse(NOTICE).model_dump_json())["obligations"]


def test_output_is_utf_8_whatever_the_locale() -> None:
    assert run("parse", NOTICE, PYTHONIOENCODING="gbk", LC_ALL="C").stdout == run("parse", NOTICE).stdout


def test_no_obligations_is_no_error() -> None:
    done = run("parse", CORPORA / "no_obligations.txt")
    notice = json.loads(done.stdout)
    assert done.returncode == 0
    assert notice["obligations"] == []
    assert notice["warnings"]


# --- errors ---------------------------------------------------------------------------------------------------


def bad_inputs(folder: Path) -> dict[str, Path]:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "undecodable.txt").write_bytes("关于做好工作的通知".encode() + b"\xff\xfe\xfa\xf9\x80\x81" * 40)
    (folder / "big.txt").write_bytes("通知\n".encode() * 200_000)
    (folder / "folder").mkdir()
    return {
        "missing": folder / "nowhere.txt",
        "folder without notices": folder / "folder",
        "empty": folder / "empty.txt",
        "binary": folder / "binary.txt",
        "undecodable": folder / "undecodable.txt",
        "too large": folder / "big.txt",
    }


@pytest.mark.parametrize("which", ["missing", "folder without notices", "empty", "binary", "undecodable", "too large"])
def test_bad_input_is_one_sentence_and_2(which: str, tmp_path: Path) -> None:
    path = bad_inputs(tmp_path)[which]
    out = tmp_path / "out.json"
    done = run("parse", "--max-size", 1, path, "-o", out)
    assert done.returncode == 2
    assert done.stdout == b""
    line = done.stderr.decode()
    assert line.count("\n") == 1
    assert line.startswith("policyparse: ")
    assert path.name in line
    assert not out.exists()


def test_size_limit_can_be_raised(tmp_path: Path) -> None:
    path = bad_inputs(tmp_path)["too large"]
    assert run("parse", "--max-size", 2, path).returncode == 0


def test_a_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    bad = bad_inputs(tmp_path)["empty"]
    done = run("parse", NOTICE, bad, CORPORA / "prose.txt")
    assert done.returncode == 2
    assert [n["source"]["name"] for n in json.loads(done.stdout)] == ["lead_first.txt", "prose.txt"]
    assert done.stderr.count(b"\n") == 1
    assert b"empty.txt" in done.stderr


def test_empty_standard_input_is_bad_input() -> None:
    done = run("parse", "-")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "args", [["parse"], ["bake"], ["parse", "--format", "cake", str(NOTICE)], ["parse", "--max-size", "0", "x"]]
)
def test_bad_usage_is_2(args: list[str]) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


# --- files ----------------------------------------------------------------------------------------------------


def test_output_file(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    out.chmod(0o640)
    done = run("parse", NOTICE, "-o", out)
    assert (done.returncode, done.stdout) == (0, b"")
    assert json.loads(out.read_text(encoding="utf-8")) == expected(NOTICE)
    assert out.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [out]  # nothing left lying about


@pytest.mark.parametrize("out", ["no/such/folder/out.json", "."])
def test_output_that_cannot_be_written(out: str, tmp_path: Path) -> None:
    done = run("parse", NOTICE, "-o", tmp_path / out)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_failed_run_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    assert run("parse", tmp_path / "nowhere.txt", "-o", out).returncode == 2
    assert out.read_text() == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("args", [["-o", "/dev/full"], []], ids=["file", "standard output"])
def test_full_disk_is_told(args: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "parse", str(NOTICE), *args], stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


# --- streams --------------------------------------------------------------------------------------------------


def test_closed_pipe_is_quiet() -> None:
    folder = [str(CORPORA)] * 20
    with subprocess.Popen(
        [*PROGRAM, "parse", *folder], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as child:
        assert child.stdout
        assert child.stderr
        child.stdout.read(100)
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == 141


def test_interrupt_is_quiet(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    with subprocess.Popen(
        [*PROGRAM, "parse", *[str(CORPORA)] * 400, "-o", str(out)], stderr=subprocess.PIPE, env=environment()
    ) as child:
        assert child.stderr
        wait_for(lambda: bool(list(tmp_path.iterdir())))
        child.send_signal(signal.SIGINT)
        assert child.stderr.read() == b""
        assert child.wait(60) == 130
    assert list(tmp_path.iterdir()) == []


def wait_for(happened: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happened():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def on_terminal(*args: object, **more: str) -> tuple[int, str, bytes]:
    """Run policyparse with standard error on a terminal of 100 columns: (exit code, standard error, standard output)."""
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *map(str, args)], stdout=subprocess.PIPE, stderr=follower, env=environment(TERM="xterm", **more)
    ) as child:
        os.close(follower)
        assert child.stdout
        data = child.stdout.read()
        told = b""
        while True:
            try:
                some = os.read(leader, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not some:
                break
            told += some
        code = child.wait(60)
    os.close(leader)
    return code, told.decode(errors="replace"), data


def test_progress_goes_to_standard_error() -> None:
    code, told, data = on_terminal("parse", CORPORA)
    assert code == 0
    assert "parsing" in told
    assert len(json.loads(data)) >= 8


def test_no_progress_for_one_file() -> None:
    assert on_terminal("parse", NOTICE)[1] == ""


# --- the table ------------------------------------------------------------------------------------------------


def cells(line: str) -> int:
    """Columns that a line takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.mark.parametrize("columns", [60, 100, 160])
def test_table_is_straight(columns: int) -> None:
    done = run("parse", "--format", "table", CORPORA / "own_lines.md", COLUMNS=str(columns))
    lines = done.stdout.decode().splitlines()
    body = [line for line in lines if line[0] in "┌├└│"]
    assert done.returncode == 0
    assert {cells(line) for line in body} == {columns}
    for title in ("序号", "条款", "任务", "牵头单位", "时限", "数量"):
        assert title in body[1] or columns == 60


def test_table_holds_what_was_read() -> None:
    text = run("parse", "--format", "table", NOTICE, COLUMNS="240").stdout.decode()
    for one in policyparse.parse(NOTICE).obligations:
        for party in one.parties:
            if party.role == "lead":
                assert party.name in text
    assert "\x1b" not in text


def test_table_is_safe(tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(
        "一、工作\n1.推进[red]红[/red]\x1b[2J\x9b2J\u202e整治[/]。（牵头单位：市[bold]住建局）\n", encoding="utf-8"
    )
    text = run("parse", "--format", "table", path, COLUMNS="200").stdout.decode()
    assert not re.search("[\x1b\x9b\u202e]", text)
    assert "[red]红[/red]" in text


def test_several_tables() -> None:
    text = run("parse", "--format", "table", NOTICE, CORPORA / "prose.txt").stdout.decode()
    assert text.count("序号") == 2


# --- help, completion, imports --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=str)
def test_help_documents_every_command(command: list[str]) -> None:
    done = run(*command, "--help")
    text = done.stdout.decode()
    assert done.returncode == 0
    assert text.startswith("Usage: policyparse")
    if not command:
        assert all(f"  {name} " in text for name in COMMANDS)
    if command in ([], ["parse"]):
        assert "Exit codes" in text


def test_version() -> None:
    assert run("--version").stdout.decode() == f"policyparse, version {policyparse.__version__}\n"


@pytest.mark.parametrize(("words", "wanted"), [("policyparse pa", "parse"), ("policyparse parse --form", "--format")])
def test_completion(words: str, wanted: str) -> None:
    done = run(_POLICYPARSE_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(len(words.split()) - 1))
    assert done.returncode == 0
    assert f"plain,{wanted}" in done.stdout.decode()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str) -> None:
    if shell == "bash" and not Path("/bin/bash").exists():
        pytest.skip("no bash here")
    done = run(_POLICYPARSE_COMPLETE=f"{shell}_source")
    assert done.returncode == 0
    assert b"policyparse" in done.stdout


HEAVY = ("spacy", "jieba", "networkx", "pdfplumber", "lxml", "pydantic", "click", "rich", "numpy")


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("import policyparse", ()),
        ("import policyparse; policyparse.parse('NOTICE')", ("pydantic",)),
        (
            "import sys; sys.argv = ['policyparse', 'parse', 'NOTICE']; from policyparse.cli import main\ntry: main()\nexcept SystemExit: pass",
            ("pydantic", "click"),
        ),
    ],
    ids=["import", "parse", "command line"],
)
def test_nothing_heavy_is_imported(code: str, allowed: tuple[str, ...]) -> None:
    ask = f"\nimport sys; print([m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code.replace("NOTICE", str(NOTICE)) + ask],
        capture_output=True,
        env=environment(),
        check=True,
    )
    loaded = json.loads(done.stderr.decode().splitlines()[-1].replace("'", '"'))
    assert set(loaded) <= set(allowed)
