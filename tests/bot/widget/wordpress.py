"""A real WordPress with a real MariaDB, both of Debian's packages, in a temporary folder; and how one works in it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.advisor import ROOT, until
from tests.debian import NotInstalled, install

PLUGIN = ROOT / "docs" / "wordpress" / "career-advisor"
PROGRAMS = ("php", "mariadbd", "mariadb-install-db")
PACKAGES = ("wordpress", "wordpress-theme-twentytwentythree", "php-cli", "php-mysql", "mariadb-server-core")
ASK = "The tests of the WordPress plugin need `apt-get install --no-install-recommends {}`."
PASSWORD = "a password of the tests"
CONFIGURATION = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:{socket}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_DEBUG_LOG', '{log}' );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'DISABLE_WP_CRON', true );
define( 'FS_METHOD', 'direct' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $each ) {{
	define( "{{$each}}_KEY", "the tests' own $each key" );
	define( "{{$each}}_SALT", "the tests' own $each salt" );
}}
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
"""


def original() -> Path:
    """Where WordPress is: the folder that WORDPRESS names, or Debian's, which is installed where it is missing."""
    named = os.environ.get("WORDPRESS")
    place = Path(named or "/usr/share/wordpress")
    if not all(map(shutil.which, PROGRAMS)) or not (place / "wp-login.php").is_file():
        try:
            install(*PACKAGES)
        except NotInstalled as problem:
            raise NotInstalled(f"{ASK.format(' '.join(PACKAGES))} ({problem})") from problem
    return place


@dataclass
class WordPress:
    """One WordPress at one address; its first user is `owner`."""

    folder: Path
    url: str
    processes: list[subprocess.Popen] = field(default_factory=list)

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def log(self) -> str:
        """What PHP and WordPress complained of."""
        file = self.folder / "debug.log"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def start(self) -> WordPress:
        """Start database and web server, and install WordPress by its own form."""
        place = original()
        shutil.copytree(place, self.site, ignore=shutil.ignore_patterns(".htaccess"))
        socket = self._database()
        configuration = CONFIGURATION.format(socket=socket, log=self.folder / "debug.log")
        (self.site / "wp-config.php").write_text(configuration, encoding="utf-8")
        self._spawn(
            ["php", "-d", "sendmail_path=/bin/true", "-S", f"127.0.0.1:{urlsplit(self.url).port}", "-t", self.site],
            PHP_CLI_SERVER_WORKERS="4",
        )
        until(self._answers, 30)
        form = {"weblog_title": "A website", "user_name": "owner", "admin_email": "owner@example.org", "pw_weak": "on"}
        passwords = {"admin_password": PASSWORD, "admin_password2": PASSWORD}
        with urlopen(f"{self.url}/wp-admin/install.php?step=2", urlencode({**form, **passwords}).encode()) as answer:
            page = answer.read().decode()
        assert "WordPress has been installed" in page, page
        return self

    def stop(self) -> None:
        """Stop all that was started, the web server's workers too."""
        for process in reversed(self.processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)

    def php(self, code: str, given: Any = None) -> str:
        """Run PHP within WordPress, where `$given` is what is given; returns what it prints."""
        begin = (
            f"require '{self.site}/wp-load.php'; require_once ABSPATH . 'wp-admin/includes/admin.php';"
            "$given = json_decode(file_get_contents('php://stdin'), true);"
        )
        command = ["php", "-r", f"{begin} {code}"]
        done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def come(self, browser: Browser, name: str = "owner") -> Admin:
        """Sign in, in a browser of one's own."""
        context = browser.new_context()
        context.set_default_timeout(15_000)
        outside = re.compile(f"^(?!{re.escape(self.url)}/)")
        context.route(outside, lambda route: route.abort())  # the pictures of people, and so on
        return Admin(self, context).sign_in(name)

    def _database(self) -> Path:
        files, socket = self.folder / "database", self.folder / "socket"
        root = ["--user=root"] if os.geteuid() == 0 else []  # it asks root whether that is meant
        here = ["--no-defaults", f"--datadir={files}", *root]
        make = ["mariadb-install-db", *here, "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(make, check=True, capture_output=True)
        first = self.folder / "first.sql"
        first.write_text("CREATE DATABASE wordpress;\n", encoding="utf-8")
        fast = ["--skip-log-bin", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M"]
        self._spawn(["mariadbd", *here, f"--socket={socket}", "--skip-networking", f"--init-file={first}", *fast])
        until(socket.exists, 60)
        return socket

    def _spawn(self, command: list, **environment: str) -> None:
        with (self.folder / "output").open("ab") as output:
            self.processes.append(
                subprocess.Popen(
                    command,
                    env={**os.environ, **environment},
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            )

    def _answers(self) -> bool:
        with suppress(OSError):
            return urlopen(f"{self.url}/wp-admin/install.php", timeout=10).status == 200
        return False


class Admin:
    """Somebody who has signed in to a WordPress, and the page that they are at."""

    def __init__(self, wordpress: WordPress, context: BrowserContext) -> None:
        self.wordpress = wordpress
        self.context = context
        self.page: Page = context.new_page()

    def sign_in(self, name: str) -> Admin:
        """Sign in by WordPress' form."""
        self.page.goto(f"{self.wordpress.url}/wp-login.php")
        self.page.get_by_label("Username or Email Address").fill(name)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Log In").click()
        expect(self.page.locator("#wpadminbar")).to_be_visible()
        return self

    def go(self, place: str) -> int:
        """Go to a page of the admin; returns the status."""
        return self.page.goto(f"{self.wordpress.url}/wp-admin/{place}").status

    def install_plugin(self) -> None:
        """Pack the plugin as the README says, upload it, and activate it."""
        packed = self.wordpress.folder / "career-advisor.zip"
        zipfile.main(["--create", str(packed), str(PLUGIN)])
        self.go("plugin-install.php?tab=upload")
        self.page.locator("input[name=pluginzip]").set_input_files(packed)
        self.page.get_by_role("button", name="Install Now").click()
        self.page.get_by_role("link", name="Activate Plugin").click()
        expect(self.page.get_by_text("Plugin activated.")).to_be_visible()
