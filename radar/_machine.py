"""Server settings that suit the machine: its memory, cores and disk, measured anew at every start."""

import os
import shutil
from pathlib import Path

MIB = 1024 * 1024
GIB = 1024 * MIB


def machine_settings(bin_dir: Path, data_dir: Path) -> dict[str, str]:
    """PostgreSQL's settings by name, as postgresql.conf writes their values."""
    free_disk = shutil.disk_usage(data_dir).free
    return _memory(_memory_bytes()) | _parallelism(_cores()) | _writing(free_disk) | _fixed(bin_dir)


def _memory(memory: int) -> dict[str, str]:
    """The operating system's cache serves a bulk load better than shared buffers beyond 8 GB."""
    values = {
        "shared_buffers": _between(128 * MIB, memory // 4, 8 * GIB),
        "effective_cache_size": memory * 6 // 10,
        # dbt runs four models at once, each with a few sorts and hashes, some of them in parallel workers.
        "work_mem": _between(8 * MIB, memory // 96, 256 * MIB),
        "maintenance_work_mem": _between(64 * MIB, memory // 16, GIB),
    }
    settings = {name: f"{value // MIB}MB" for name, value in values.items()}
    if shm_is_small():
        settings["dynamic_shared_memory_type"] = "mmap"
    return settings


def shm_is_small() -> bool:
    """True in a container with 64 MB of /dev/shm, where a parallel hash join would fail for lack of space."""
    shm = Path("/dev/shm")  # noqa: S108 (looked at, not written to)
    return shm.exists() and shutil.disk_usage(shm).total < GIB


def _parallelism(cores: int) -> dict[str, str]:
    return {
        "max_worker_processes": str(cores + 8),
        "max_parallel_workers": str(cores),
        "max_parallel_workers_per_gather": str(_between(1, cores // 2, 4)),
        "max_parallel_maintenance_workers": str(_between(1, cores // 2, 4)),
    }


def _writing(free_disk: int) -> dict[str, str]:
    """Few checkpoints, so that a page is written once, not many times; the log of changes stays a part of the disk."""
    return {
        "max_wal_size": f"{_between(GIB, free_disk // 8, 8 * GIB) // MIB}MB",
        "checkpoint_timeout": "15min",
        # Nobody replicates this server. A table made and filled in one transaction then skips the log of changes.
        "wal_level": "minimal",
        "max_wal_senders": "0",
    }


def _fixed(bin_dir: Path) -> dict[str, str]:
    settings = {
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "jit": "off",  # compiling costs more than it saves on queries of this size
        "random_page_cost": "1.1",  # solid-state disks
        # Incremental runs touch a few per cent of a table: statistics must follow sooner than after a fifth of it.
        "autovacuum_analyze_scale_factor": "0.05",
        "autovacuum_vacuum_scale_factor": "0.1",
    }
    if any(bin_dir.parent.glob("lib/**/pg_stat_statements.*")):
        settings["shared_preload_libraries"] = "pg_stat_statements"
    return settings


def _cores() -> int:
    """The cores that we may use, which in a container can be fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory_bytes() -> int:
    """The machine's memory, or less in a container that has a limit."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes")):
        if limit.exists() and (text := limit.read_text().strip()).isdecimal():
            memory = min(memory, int(text))
    return memory


def _between(low: int, value: int, high: int) -> int:
    return max(low, min(value, high))
