"""PostgreSQL refuses to run as root: as root, its programs run as a system user of their own."""

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from radar.errors import ServerError

NAME = "radar_postgres"


@dataclass(frozen=True)
class SystemUser:
    """Who runs PostgreSQL's programs: ourselves, or when we are root the user with this number."""

    uid: int | None

    @classmethod
    def for_data(cls, data_dir: Path) -> "SystemUser":
        """The owner of the data when there is some, else a system user made for the purpose; ourselves unless root."""
        if os.geteuid() != 0:
            return cls(None)
        if data_dir.exists() and (owner := data_dir.stat().st_uid) != 0:
            return cls(owner)
        return cls(_ensure_account())

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run a program of PostgreSQL, its messages in English and without the caller's libpq variables."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}
        return subprocess.run(
            command,
            env=environment,
            cwd="/",
            user=self.uid,
            group=None if self.uid is None else pwd.getpwuid(self.uid).pw_gid,
            extra_groups=None if self.uid is None else [],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )

    def own(self, path: Path) -> None:
        """Give a file to the user."""
        if self.uid is not None:
            os.chown(path, self.uid, pwd.getpwuid(self.uid).pw_gid)

    def let_through(self, path: Path) -> None:
        """Let the user reach a path, such as one in root's home: others may pass its folders, not list them."""
        if self.uid is None:
            return
        for folder in path.resolve().parents:
            mode = folder.stat().st_mode
            if not mode & stat.S_IXOTH and folder.stat().st_uid != self.uid:
                folder.chmod(mode | stat.S_IXOTH)

    def let_read(self, tree: Path) -> None:
        """Let the user read installed programs: with a strict umask, pip leaves them to root alone."""
        if self.uid is None or tree.stat().st_mode & stat.S_IROTH:
            return
        for path in [tree, *tree.rglob("*")]:
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _ensure_account() -> int:
    """The number of our system user, which is created when there is none. Raises ServerError."""
    try:
        return pwd.getpwnam(NAME).pw_uid
    except KeyError:
        pass
    if not shutil.which("useradd"):
        raise ServerError("PostgreSQL does not run as root, and there is no `useradd` here: run as a normal user")
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false", NAME]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise ServerError(f"PostgreSQL does not run as root, and no user could be made for it: {result.stderr.strip()}")
    return pwd.getpwnam(NAME).pw_uid
