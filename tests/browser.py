"""A real browser for tests: headless Chromium, told what to do through a pipe (the DevTools protocol), without any other program between."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
#: No window, and nothing that a browser does on its own account over the network.
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run", "--disable-quic", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--hide-scrollbars"),
)
PATIENCE_S = 120.0  # of one answer, on a machine that is busy with other tests
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}


class Browser:
    """One page of a browser. What it logged and asked for is in ``messages`` and ``requests``."""

    def __init__(self, process: subprocess.Popen[bytes], to_browser: int, from_browser: int) -> None:
        self.process = process
        self.to_browser, self.from_browser = to_browser, from_browser
        self.count = 0
        self.buffer = b""
        self.session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its answer; events that come in between are kept."""
        self.count += 1
        message: dict[str, Any] = {"id": self.count, "method": method, "params": parameters}
        if self.session is not None:
            message["sessionId"] = self.session
        os.write(self.to_browser, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.count:
                assert "error" not in answer, answer
                return answer["result"]
            self.events.append(answer)

    def receive(self) -> dict[str, Any]:
        """Return the next message of the browser."""
        while b"\0" not in self.buffer:
            part = os.read(self.from_browser, 1 << 20)
            assert part, "the browser ended"
            self.buffer += part
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def open(self, path: Path, width: int, height: int = 900, dark: bool = False, medium: str = "", scripts: bool = True) -> None:
        """Show a file in a window of this size, once all of it is there."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.scheme(dark, medium)
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.events.clear()
        self.call("Page.navigate", url=path.as_uri())
        self.wait_for("Page.loadEventFired")

    def scheme(self, dark: bool, medium: str = "") -> None:
        """Choose light or dark, and screen or print."""
        self.call("Emulation.setEmulatedMedia", media=medium, features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def wait_for(self, event: str) -> None:
        """Wait until the browser says that this has happened."""
        while not any(one.get("method") == event for one in self.events):
            self.events.append(self.receive())

    def run(self, expression: str) -> Any:
        """Return what an expression in the page comes to, a promise included."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press and release a key."""
        text = {"text": "\r"} if key == "Enter" else {"text": key} if key == " " else {}
        for kind in ("keyDown", "keyUp"):
            said = text if kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=KEYS[key], **said)

    def point(self, across: float, down: float, *, click: bool = False) -> None:
        """Move the pointer there, in pixels of the window, and press it."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=across, y=down)
        for kind in ("mousePressed", "mouseReleased") if click else ():
            self.call("Input.dispatchMouseEvent", type=kind, x=across, y=down, button="left", clickCount=1)

    @property
    def messages(self) -> list[str]:
        """Everything that the page or the browser complained of since the page was opened."""
        wanted = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        return [json.dumps(one["params"])[:500] for one in self.events if one.get("method") in wanted]

    @property
    def requests(self) -> list[str]:
        """The addresses that the page asked for, itself among them, without what it holds in itself."""
        asked = [one["params"]["request"]["url"] for one in self.events if one.get("method") == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith("data:")]


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Start a browser with a profile of its own in ``folder``, and end it."""
    reads, to_browser = os.pipe()
    from_browser, writes = os.pipe()

    def connect() -> None:
        """Give the browser the ends of the pipes under the numbers that it knows; copies first, as those may be taken."""
        one, other = os.dup(reads), os.dup(writes)
        os.dup2(one, 3)
        os.dup2(other, 4)

    command = [str(PROGRAM), *FLAGS, f"--user-data-dir={folder / 'profile'}", "about:blank"]
    process = subprocess.Popen(command, preexec_fn=connect, pass_fds=(3, 4), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(reads)
    os.close(writes)
    try:
        yield Browser(process, to_browser, from_browser)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_S)
        os.close(to_browser)
        os.close(from_browser)
