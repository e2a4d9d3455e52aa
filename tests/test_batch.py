"""Batches: several processes, bad files, interruption in the middle, the same bytes at the end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from policyparse import batch
from policyparse.errors import PolicyParseError, ReadError
from policyparse.model import Notice
from policyparse.reading import ocr

ROOT = Path(__file__).parent.parent
posix = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")


def parse(path: str) -> Notice:
    """Stands in for the parser: what the file says is what happens."""
    text = Path(path).read_text("utf-8")
    if text.startswith("bad"):
        raise ReadError(f"{path}: is no notice")
    if text.startswith("bug"):
        raise RuntimeError("a defect")
    if text.startswith("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Notice(id=Path(path).name, title=text)


def threads(path: str) -> Notice:
    """Says with how many threads this process would recognise a scan."""
    return Notice(id=str(ocr.threads()))


@pytest.mark.parametrize(("said", "counted"), [(None, max(1, (os.cpu_count() or 1) // 2)), ("7", 7)])
def test_workers_share_the_cores(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, counted: int
) -> None:
    if said:
        monkeypatch.setenv("OMP_NUM_THREADS", said)
    else:
        monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    batch.run(_paths(folder), tmp_path / "out.jsonl", threads, jobs=2)
    notices = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert {notice["id"] for notice in notices} == {str(counted)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for i in range(40):
        (made / f"{i:02d}.txt").write_text(f"通知{i}" + "长" * (i * 37 % 400), "utf-8")
    return made


def _paths(folder: Path) -> list[str]:
    return sorted(map(str, folder.iterdir()))


def test_any_number_of_processes_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    outs = []
    for jobs in (1, 2, 5):
        out = tmp_path / f"{jobs}.jsonl"
        outcome = batch.run(_paths(folder), out, parse, jobs=jobs)
        assert (outcome.files, outcome.failures, outcome.resumed) == (40, [], 0)
        outs.append(out.read_bytes())
    assert outs[0] == outs[1] == outs[2]
    ids = [json.loads(line)["id"] for line in outs[0].splitlines()]
    assert ids == [Path(path).name for path in _paths(folder)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.jsonl", "2.jsonl", "5.jsonl", "in"]


@posix
@pytest.mark.parametrize("jobs", [2, 3])
def test_bad_files_are_listed_and_the_rest_goes_on(folder: Path, tmp_path: Path, jobs: int) -> None:
    for name, text in (("05", "bad"), ("11", "bug"), ("23", "die"), ("24", "die")):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    # The pause lets a worker die between its last result and the next file that it is given.
    outcome = batch.run(_paths(folder), tmp_path / "out.jsonl", parse, jobs=jobs, progress=lambda _: time.sleep(0.01))
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert outcome.files == 40 and len(lines) == 36
    assert [Path(failure.partition(": ")[0]).name for failure in outcome.failures] == [
        "05.txt",
        "11.txt",
        "23.txt",
        "24.txt",
    ]
    assert "is no notice" in outcome.failures[0]
    assert "RuntimeError: a defect" in outcome.failures[1]
    assert "ended with code -9" in outcome.failures[2]


def test_where_nothing_can_be_read_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("bad", "utf-8")
    (tmp_path / "out.jsonl").write_text("old", "utf-8")
    outcome = batch.run([str(tmp_path / "a.txt"), str(tmp_path / "none.txt")], tmp_path / "out.jsonl", parse)
    assert len(outcome.failures) == 2
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "old"


class Stop(Exception):
    pass


def _interrupted(folder: Path, out: Path, after: int, jobs: int = 1) -> None:
    """Run the batch and stop it after some files."""
    count = 0

    def progress(path: str) -> None:
        nonlocal count
        count += 1
        if count == after:
            raise Stop

    with pytest.raises(Stop):
        batch.run(_paths(folder), out, parse, jobs=jobs, progress=progress)


@pytest.mark.parametrize("jobs", [1, 2])
def test_goes_on_where_it_stopped(folder: Path, tmp_path: Path, jobs: int) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    batch.run(_paths(folder), whole, parse)
    _interrupted(folder, out, 13, jobs)
    assert not out.exists()
    journal = tmp_path / "out.jsonl.part"
    journal.write_bytes(journal.read_bytes()[:-7])  # killed while it wrote the last line
    done: list[str] = []

    def counted(path: str) -> Notice:
        done.append(path)
        return parse(path)

    outcome = batch.run(_paths(folder), out, counted)
    assert outcome.resumed == 12 and len(done) == 28
    assert out.read_bytes() == whole.read_bytes() and not journal.exists()


def test_a_file_that_changed_is_done_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    _interrupted(folder, out, 13)
    (folder / "00.txt").write_text("新的通知", "utf-8")
    assert batch.run(_paths(folder), out, parse).resumed == 12
    assert json.loads(out.read_text("utf-8").splitlines()[0])["title"] == "新的通知"


def test_other_settings_start_afresh(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    _interrupted(folder, out, 13)
    assert batch.run(_paths(folder), out, parse, settings="today 2031-01-01").resumed == 0
    _interrupted(folder, out, 13)
    (tmp_path / "out.jsonl.part").write_bytes(b"not ours\n" * 3)
    assert batch.run(_paths(folder), out, parse).resumed == 0


def test_files_of_the_same_name_and_content_are_all_kept(tmp_path: Path) -> None:
    paths = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("同文", "utf-8")
        paths.append(str(tmp_path / name / "x.txt"))
    outcome = batch.run([*paths, paths[0]], tmp_path / "out.jsonl", parse)
    assert outcome.files == 2 and len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 2


def test_output_that_cannot_be_written(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(PolicyParseError, match="can't be written"):
        batch.run(_paths(folder), tmp_path / "none" / "out.jsonl", parse)
    with pytest.raises(PolicyParseError, match="is no file"):
        batch.run(_paths(folder), folder, parse)


@posix
def test_two_batches_do_not_share_an_output(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    code = f"import fcntl, time; f = open({str(out) + '.part'!r}, 'ab'); fcntl.lockf(f, fcntl.LOCK_EX); print(1, flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline()
        with pytest.raises(PolicyParseError, match="another batch"):
            batch.run(_paths(folder), out, parse)
        other.kill()
    assert batch.run(_paths(folder), out, parse).files == 40


def _command(folder: Path, out: Path, jobs: int) -> list[str]:
    code = "from policyparse.cli import main; main()"
    return [sys.executable, "-c", code, "parse", str(folder), "-o", str(out), "--jobs", str(jobs)]


def _wait_for_none(words: str) -> None:
    """Wait until no process has ``words`` in its command line (Linux only)."""
    for _ in range(500):
        lines = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                lines.append(entry.read_bytes())
        if not any(words.encode() in line for line in lines):
            return
        time.sleep(0.01)
    raise AssertionError("workers outlive the command that was killed")


@posix
@pytest.mark.parametrize(("jobs", "sent"), [(1, "SIGKILL"), (2, "SIGKILL"), (2, "SIGINT"), (2, "SIGTERM")])
def test_killed_command_resumes_to_the_same_output(tmp_path: Path, jobs: int, sent: str) -> None:
    """Stopped in the middle, several times; no worker is left behind."""
    folder = tmp_path / "in"
    folder.mkdir()
    item = "（一）推进河湖治理。2031年6月底前完成整治12处。（牵头单位：市水务局；责任单位：市财政局）\n"
    for i in range(150):
        (folder / f"{i:03d}.txt").write_text(f"关于第{i}号工作的通知\n各县人民政府：\n" + item * (20 + i % 7), "utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    subprocess.run(_command(folder, whole, 1), env=env, check=True, capture_output=True)
    journal = tmp_path / "out.jsonl.part"
    for kills in (1, 2):
        with subprocess.Popen(_command(folder, out, jobs), env=env, stderr=subprocess.DEVNULL) as running:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline and running.poll() is None:
                if journal.exists() and journal.read_bytes().count(b"\n") > 20 * kills:
                    break
                time.sleep(0.002)
            running.send_signal(getattr(signal, sent))
            code = running.wait(60)
            assert code == (130 if sent == "SIGINT" else -getattr(signal, sent))
    assert journal.exists() and not out.exists()
    _wait_for_none(str(out))
    end = subprocess.run(_command(folder, out, jobs), env=env, check=True, capture_output=True, text=True)
    assert out.read_bytes() == whole.read_bytes()
    assert not journal.exists()
    assert "150 files (" in end.stderr and "done before)" in end.stderr and "0 failures" in end.stderr
