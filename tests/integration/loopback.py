#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a command and fails when it, or any process that it started, listens beyond this machine.

loopback.py [--ready TEXT] [--listeners N] [--seconds S] -- COMMAND…
  waits until a line of the command's output holds TEXT and N sockets listen (within S seconds), judges every
  listening socket, ends the command with SIGTERM, and fails when a process of it is still there afterwards.
loopback.py --self-test    a listener on all addresses must be found
"""
import argparse
import ipaddress
import os
import pathlib
import signal
import struct
import subprocess
import sys
import threading
import time

LISTEN = "0A"


def descendants(root):
    """`root` and all that descends from it, by /proc."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name may hold blanks and parentheses: the fields begin after the last one.
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            parents[int(entry.name)] = int(fields[1])
    found, grew = {root}, True
    while grew:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grew = bool(more)
    return found


def socket_inodes(pid):
    inodes = set()
    try:
        for link in pathlib.Path(f"/proc/{pid}/fd").iterdir():
            target = os.readlink(link)
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    except OSError:
        pass  # it has ended
    return inodes


def address(text):
    host, port = text.split(":")
    raw = bytes.fromhex(host)
    words = struct.unpack(f"<{len(raw) // 4}I", raw)
    return ipaddress.ip_address(struct.pack(f">{len(words)}I", *words)), int(port, 16)


def listeners(pids):
    """(address, port, pid) of each listening TCP socket and each bound UDP socket of these processes."""
    owners = {inode: pid for pid in pids for inode in socket_inodes(pid)}
    found = []
    for name in ("tcp", "tcp6", "udp", "udp6"):
        try:
            lines = pathlib.Path("/proc/net", name).read_text().splitlines()[1:]
        except OSError:
            continue  # a machine without IPv6
        for line in lines:
            fields = line.split()
            local, remote, state, inode = fields[1], fields[2], fields[3], fields[9]
            unconnected = remote.rpartition(":")[2] == "0000"
            if inode in owners and (state == LISTEN if name.startswith("tcp") else unconnected):
                found.append((*address(local), owners[inode]))
    return found


def run(command, ready, wanted, seconds):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace")
    said, seen = threading.Event(), []

    def follow():
        for line in process.stdout:
            seen.append(line)
            if ready in line:
                said.set()

    threading.Thread(target=follow, daemon=True).start()
    deadline, found, family = time.monotonic() + seconds, [], set()
    try:
        while time.monotonic() < deadline and process.poll() is None:
            family |= descendants(process.pid)
            found = listeners(family)
            if said.is_set() and len(found) >= wanted:
                break
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            print("did not end within 20 s of SIGTERM")
            return None
    if not said.is_set() or len(found) < wanted:
        print(f"{len(found)} listeners of {wanted}, ready: {said.is_set()}; it said:\n{''.join(seen[-20:])}")
        return None
    left = [pid for pid in family if still_runs(pid)]
    if left:
        print(f"still running afterwards: {left}")
        return None
    return found


def still_runs(pid):
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            state = pathlib.Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True


def judge(found):
    bad = [(str(host), port, pid) for host, port, pid in found if not host.is_loopback]
    for host, port, pid in bad:
        print(f"process {pid} listens on {host} port {port}: reachable from other machines")
    print(f"{len(found)} listeners, {len(bad)} of them beyond loopback")
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--ready", default="")
    parser.add_argument("--listeners", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("command", nargs="*")
    options = parser.parse_args()
    if options.self_test:
        open_wide = ("import socket,sys,time\ns=socket.socket(); s.bind(('0.0.0.0',0)); s.listen()\n"
                     "t=socket.socket(); t.bind(('127.0.0.1',0)); t.listen()\nprint('up',flush=True); time.sleep(60)")
        found = run(["sh", "-c", f"trap 'kill $!' TERM; '{sys.executable}' -c \"{open_wide}\" & wait"], "up", 2, 20)
        return 0 if found and len(judge(found)) == 1 else 1
    found = run(options.command, options.ready, options.listeners, options.seconds)
    return 0 if found and not judge(found) else 1


if __name__ == "__main__":
    sys.exit(main())
