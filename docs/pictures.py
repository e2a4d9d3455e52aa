#!/usr/bin/env python3
"""Make the pictures of docs/exports.md from real output: python docs/pictures.py

Needs LibreOffice (soffice), poppler (pdftoppm), a Chromium and the Python package playwright.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

import policyparse as pp

HERE = Path(__file__).parent
NOTICE = HERE.parent / "corpora" / "lead_first.txt"
PICTURES = HERE / "pictures"


def main() -> None:
    """Write all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document = pp.read(NOTICE)
        notice = pp.parse(document)
        findings = pp.check(document)
        for form in ("xlsx", "docx"):
            pp.export(notice, folder / f"tasks.{form}", findings=findings)
            office(folder, form)
        pp.report((notice, document), folder / "report.html", findings=findings)
        browser(folder / "report.html")
    for picture in PICTURES.glob("*.png"):
        Image.open(picture).quantize(200).save(picture, optimize=True)


def office(folder: Path, form: str) -> None:
    """The first page as LibreOffice prints it."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / f"tasks.{form}"]
    subprocess.run(convert, check=True, capture_output=True)
    picture = ["pdftoppm", "-r", "110", "-singlefile", "-png", folder / "tasks.pdf", PICTURES / form]
    subprocess.run(picture, check=True)


def browser(page: Path) -> None:
    """The report with a row chosen, and its graph in dark."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as runner:
        started = runner.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for name, scheme, clicks in (
            ("report", "light", ["#n0r2 td:nth-child(2)"]),
            ("report-graph", "dark", ["#n0-graph-tab", "#n0-graph a.task[data-n='2']"]),
        ):
            shown = started.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 720}).new_page()
            shown.goto(page.as_uri())
            for click in clicks:
                shown.click(click)
            shown.mouse.move(0, 0)
            shown.wait_for_timeout(700)
            shown.screenshot(path=PICTURES / f"{name}.png")
        started.close()


if __name__ == "__main__":
    main()
