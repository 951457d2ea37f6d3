"""LibreOffice as a judge: it opens what we wrote, accepts or rejects every change, and says what it read."""

import os
import re
import shutil
import signal
import subprocess
import zlib
from pathlib import Path

import pytest

# Runs in the interpreter that LibreOffice's own bridge (python3-uno) was made for, and talks to it through a pipe.
_JUDGE = """
import os, sys, time, uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
pipe, source, command, target, kind = sys.argv[1:]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for attempt in range(300):
    try:
        context = resolver.resolve("uno:pipe,name=" + pipe + ";urp;StarOffice.ComponentContext")
        break
    except NoConnectException:
        time.sleep(0.2)
manager = context.ServiceManager
desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
document = desktop.loadComponentFromURL(source, "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
if command.startswith("replace:"):
    wanted = document.createReplaceDescriptor()
    wanted.SearchString, wanted.ReplaceString = command[len("replace:"):].split("|")
    document.setPropertyValue("RecordChanges", True)
    assert document.replaceAll(wanted) == 1
elif command:
    helper = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    helper.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
options = "44,34,76,1,,0,false,true,false" if "csv" in kind else "UTF8,LF"
document.storeToURL(target, (PropertyValue("FilterName", 0, kind, 0), PropertyValue("FilterOptions", 0, options, 0)))
document.close(True)
os._exit(0)  # the bridge may crash when the interpreter takes it down in an orderly way
"""


_WORDS = re.compile(
    rb"q ([^\n]*) rg\nBT\n(\S+) (\S+) Td (/F\d+ \S+) Tf(\[.*?\]TJ|<.*?>Tj)\nET\nQ\n", re.DOTALL
)


def page_contents(pdf: bytes) -> list[list[tuple[bytes, ...]]]:
    """What is drawn on each page of a PDF as LibreOffice writes it: one compressed stream a page.

    Words are (colour, height, font, glyphs): where LibreOffice divides a line does not matter.
    """
    objects = dict(re.findall(rb"^(\d+) 0 obj\n(.*?)\nendobj", pdf, re.MULTILINE | re.DOTALL))
    pages = [body for body in objects.values() if re.search(rb"/Type/Page\b(?!s)", body)]
    contents = []
    for page in pages:
        number = re.search(rb"/Contents (\d+) 0 R", page)
        assert number
        stream = objects[number[1]].split(b"stream\n", 1)[1]
        contents.append(_drawn(zlib.decompressobj().decompress(stream)))
    return contents


def _drawn(stream: bytes) -> list[tuple[bytes, ...]]:
    drawn: list[tuple[bytes, ...]] = []
    at = 0
    for words in _WORDS.finditer(stream):
        if words.start() > at:
            drawn.append((stream[at : words.start()],))
        colour, _x, height, font, shown = words.groups()
        glyphs = b"".join(re.findall(rb"<(.*?)>", shown))
        if drawn and drawn[-1][:-1] == (colour, height, font):
            glyphs = drawn.pop()[-1] + glyphs
        drawn.append((colour, height, font, glyphs))
        at = words.end()
    return [*drawn, (stream[at:],)]


class Office:
    """A running LibreOffice with a profile of its own in ``folder``; ``close`` ends it."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("soffice")
        self.python = shutil.which("python3", path="/usr/bin") or ""
        bridge = (
            self.python
            and not subprocess.run(
                [self.python, "-c", "import uno"], capture_output=True
            ).returncode
        )
        if not program or not bridge:
            pytest.skip("no LibreOffice with python3-uno here to judge the office files")
        self.folder, self.pipe = folder, f"judge-{folder.name}"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        accept = f"--accept=pipe,name={self.pipe};urp;"
        self.process = subprocess.Popen(
            [program, "--headless", "--norestore", profile, accept],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def close(self) -> None:
        """End the program."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)

    def text(self, data: bytes, *, ending: str, command: str = "") -> str:
        """What the file says as text, after ``command`` was run on it."""
        kind = "Text - txt - csv (StarCalc)" if ending == ".xlsx" else "Text (encoded)"
        return self._written(data, ending, command, kind, ".txt").decode("utf-8-sig")

    def saved(self, data: bytes, command: str = "") -> bytes:
        """The Word file as LibreOffice saves it, after ``command``: one of its own, or "replace:words|other words"."""
        return self._written(data, ".docx", command, "MS Word 2007 XML", ".docx")

    def pages(self, data: bytes, command: str = "") -> list[list[tuple[bytes, ...]]]:
        """What LibreOffice draws on each page of the Word file, after ``command``."""
        return page_contents(self._written(data, ".docx", command, "writer_pdf_Export", ".pdf"))

    def _written(self, data: bytes, ending: str, command: str, kind: str, wanted: str) -> bytes:
        source, target = self.folder / f"in{ending}", self.folder / f"out{wanted}"
        source.write_bytes(data)
        target.unlink(missing_ok=True)
        call = [
            self.python,
            "-c",
            _JUDGE,
            self.pipe,
            source.as_uri(),
            command,
            target.as_uri(),
            kind,
        ]
        subprocess.run(call, check=True, timeout=90, capture_output=True)
        return target.read_bytes()

    def accepted(self, data: bytes) -> str:
        """The text with all tracked changes accepted."""
        return self.text(data, ending=".docx", command=".uno:AcceptAllTrackedChanges")

    def rejected(self, data: bytes) -> str:
        """The text with all tracked changes rejected."""
        return self.text(data, ending=".docx", command=".uno:RejectAllTrackedChanges")
