"""A headless Chromium, driven over its DevTools protocol by two pipes: nothing but the standard library is needed."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time

# Seconds that one command of the protocol may take.
COMMAND_DEADLINE = 30
# Seconds that a page has to become what a test waits for: the machine may be busy.
PAGE_DEADLINE = 30


class Fault(Exception):
    """What was expected of a page is not so."""


class Chromium:
    """The browser as a process; it ends with its `with` block."""

    def __init__(self, executable="chromium"):
        self.executable = executable

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="bursar-browser.")
        to_browser, ours_out = os.pipe()
        ours_in, from_browser = os.pipe()

        def wire():
            # The browser reads commands from descriptor 3 and writes to 4.
            os.dup2(to_browser, 3)
            os.dup2(from_browser, 4)

        # Descriptors that happen to be 3 or 4 would be closed by the first dup2.
        to_browser, from_browser = (os.dup(os.dup(os.dup(end))) for end in (to_browser, from_browser))
        self.process = subprocess.Popen(
            [self.executable, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--hide-scrollbars",
             f"--user-data-dir={self.profile}"],
            preexec_fn=wire, close_fds=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.output = os.fdopen(ours_out, "wb", buffering=0)
        self.input = os.fdopen(ours_in, "rb", buffering=0)
        self.answers = {}
        self.arrived = threading.Condition()
        self.listeners = []
        self.next_id = 0
        threading.Thread(target=self._read, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _read(self):
        rest = b""
        while chunk := self.input.read(65536):
            *messages, rest = (rest + chunk).split(b"\0")
            for message in map(json.loads, messages):
                if "id" in message:
                    with self.arrived:
                        self.answers[message["id"]] = message
                        self.arrived.notify_all()
                else:
                    for listener in self.listeners:
                        listener(message)

    def command(self, method, parameters=None, session=None):
        with self.arrived:
            self.next_id += 1
            number = self.next_id
        message = {"id": number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        self.output.write(json.dumps(message).encode() + b"\0")
        with self.arrived:
            if not self.arrived.wait_for(lambda: number in self.answers, COMMAND_DEADLINE):
                raise Fault(f"{method} was not answered within {COMMAND_DEADLINE} s")
            answer = self.answers.pop(number)
        if "error" in answer:
            raise Fault(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def page(self, origin, script=""):
        """A new page, in which `script` runs before any other of every document; of other origins' files nothing is expected."""
        target = self.command("Target.createTarget", {"url": "about:blank"})["targetId"]
        session = self.command("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        return Page(self, session, origin, script)


class Page:
    def __init__(self, browser, session, origin, script):
        self.browser = browser
        self.origin = origin
        self.session = session
        # What the browser complains of: errors of scripts, and of the policy of what may be loaded.
        self.complaints = []
        browser.listeners.append(self._note)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.command(f"{domain}.enable")
        if script:
            self.command("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def command(self, method, parameters=None):
        return self.browser.command(method, parameters, self.session)

    def _note(self, message):
        if message.get("sessionId") != self.session:
            return
        if message["method"] == "Runtime.exceptionThrown":
            details = message["params"]["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description") or details["text"])
        elif message["method"] == "Log.entryAdded":
            entry = message["params"]["entry"]
            # Refusals of the API are answers: pages say them in words.
            url = entry.get("url", "")
            is_answer = entry["source"] == "network" and ("/v1/" in url or not url.startswith(self.origin))
            if entry["level"] == "error" and not is_answer:
                self.complaints.append(f"{entry['text']} {entry.get('url', '')}")

    def evaluate(self, expression):
        answer = self.command(
            "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True})
        if "exceptionDetails" in answer:
            raise Fault(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression, what=None):
        """Until the expression is true; it may fail while a page is being loaded."""
        end = time.monotonic() + PAGE_DEADLINE
        while True:
            try:
                if value := self.evaluate(expression):
                    return value
            except Fault:
                pass
            if time.monotonic() > end:
                text = self.evaluate("document.body.innerText")
                raise Fault(f"{what or expression} did not come within {PAGE_DEADLINE} s on:\n{text}")
            time.sleep(0.05)

    def open(self, url):
        self.command("Page.navigate", {"url": url})
        self.wait(f"document.readyState === 'complete' && location.href.startsWith({json.dumps(url.split('#')[0])})")

    def wait_text(self, text):
        self.wait(f"document.body.innerText.includes({json.dumps(text)})", f"the text {text!r}")

    def press(self, label):
        """The button or link with the label, once it is there."""
        find = (f"[...document.querySelectorAll('button, a, summary')].find((item) => item.innerText.trim() === "
                f"{json.dumps(label)} && item.offsetParent !== null)")
        self.wait(f"Boolean({find})", f"the button {label!r}")
        self.evaluate(f"{find}.click()")

    def size(self, width, height=900):
        self.command("Emulation.setDeviceMetricsOverride",
                     {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})

    def scheme(self, name):
        self.command("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": name},
                         {"name": "prefers-reduced-motion", "value": "reduce"}]})

    def picture(self, path):
        shot = self.command("Page.captureScreenshot", {"format": "png", "captureBeyondViewport": True})
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))
