"""Old Word and WPS documents, RTF and ODT: turned into .docx by LibreOffice, where it is installed.

Each call has a profile of its own, so that calls do not block each other and nothing of the user's is touched.
The profile forbids macros and active content, and sends what a document links to to a proxy that does not exist.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from policyparse.reading.base import Job

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_PROXY = "/org.openoffice.Inet/Settings"
_SETTINGS = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_PROXY, "ooInetProxyType", "2"),
    (_PROXY, "ooInetNoProxy", ""),
    *((_PROXY, f"ooInet{kind}ProxyName", "127.0.0.1") for kind in ("HTTP", "HTTPS", "FTP")),
    *((_PROXY, f"ooInet{kind}ProxyPort", "9") for kind in ("HTTP", "HTTPS", "FTP")),
)
_NAMES = {"doc": "Word 旧格式（.doc）或 WPS 文档", "rtf": "RTF 文档", "odt": "ODT 文档"}


def soffice() -> str | None:
    """Path of LibreOffice's program, or None where it is not installed."""
    found = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def to_docx(job: Job, kind: str) -> Job:
    """The same document as .docx.

    Raises ReadError where LibreOffice is missing, cannot open the file, or takes longer than the limit.
    """
    program = soffice()
    if program is None:
        raise job.error(
            f"读取{_NAMES[kind]}需要安装 LibreOffice（如 apt-get install libreoffice-writer），或者先另存为 .docx"
        )
    with tempfile.TemporaryDirectory(prefix="policyparse-") as folder:
        source = Path(folder, f"input.{kind}")
        source.write_bytes(job.data)
        _lock_down(Path(folder, "profile"))
        _run(job, _command(program, Path(folder), source))
        result = Path(folder, "out", "input.docx")
        if not result.is_file():
            raise job.error("LibreOffice 无法打开这个文件，文件可能已损坏或设有密码")
        if result.stat().st_size > job.limits.bytes:
            raise job.error("转换后的文件过大，未读取")
        return Job(result.read_bytes(), job.name, job.limits, job.ocr)


def _lock_down(profile: Path) -> None:
    """Write the settings into a new profile."""
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _command(program: str, folder: Path, source: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]


def _run(job: Job, command: list[str]) -> None:
    """Run the converter in a process group of its own, and end the whole group when it takes too long."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=job.limits.seconds)
    except subprocess.TimeoutExpired:
        raise job.error(f"LibreOffice 在 {job.limits.seconds:g} 秒内没有转换完，已放弃") from None
    finally:
        if process.poll() is None:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.wait()
