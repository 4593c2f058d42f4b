"""A headless Chromium, as Debian's packages chromium and chromium-driver bring it."""

import pathlib
import shutil
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

PROGRAMS = ("chromium", "chromedriver")

# The sandbox of a test is the browser's sandbox; and nothing is to be asked of any network.
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def missing_programs() -> str:
    """Tells what a machine lacks.

    Returns:
        What is not on PATH, in words; empty if everything is.
    """
    return ", ".join(name for name in PROGRAMS if shutil.which(name) is None)


class Browser:
    """A browser with one window."""

    def __init__(self, folder: pathlib.Path) -> None:
        """Starts it.

        Args:
            folder: an empty folder for its profile.
        """
        options = webdriver.ChromeOptions()
        browser, driver = (str(shutil.which(name)) for name in PROGRAMS)
        options.binary_location = browser
        for flag in (*_FLAGS, f"--user-data-dir={folder}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self._driver = webdriver.Chrome(options=options, service=Service(driver))

    def open(self, page: pathlib.Path, *, width: int = 1280, scheme: str = "light", script: bool = True) -> None:
        """Opens a page as a device would.

        Args:
            page: an HTML file.
            width: the window's width, in CSS pixels.
            scheme: "light" or "dark", which the device's user prefers.
            script: whether JavaScript is on.
        """
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
        self._command("Emulation.setDeviceMetricsOverride", **size)
        self._command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self._command("Emulation.setScriptExecutionDisabled", value=not script)
        self._driver.get(page.as_uri())

    def run(self, script: str) -> Any:
        """Runs JavaScript in the page and returns its value."""
        return self._driver.execute_script(f"return {script}")

    def type(self, *keys: str) -> None:
        """Types keys into what has the focus."""
        for key in keys:
            self._driver.switch_to.active_element.send_keys(getattr(Keys, key, key))

    def visible(self, selector: str) -> list[WebElement]:
        """Finds the elements that a user can see, also further down."""
        return [each for each in self._driver.find_elements("css selector", selector) if each.is_displayed()]

    def focused(self) -> str:
        """Returns the text of what has the focus."""
        return self._driver.switch_to.active_element.text

    def console(self) -> list[str]:
        """Returns what the page and the browser complained of since the last call."""
        return [entry["message"] for entry in self._driver.get_log("browser")]  # type: ignore[no-untyped-call]  # selenium's

    def screenshot(self, file: pathlib.Path) -> None:
        """Saves what the window shows."""
        self._driver.save_screenshot(str(file))

    def close(self) -> None:
        """Ends the browser."""
        self._driver.quit()

    def _command(self, name: str, **parameters: Any) -> None:
        # https://chromedevtools.github.io/devtools-protocol/tot/Emulation/
        self._driver.execute_cdp_cmd(name, parameters)
