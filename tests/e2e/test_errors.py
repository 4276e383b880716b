"""What cannot work is said in one line: exit code 1, for `run` and for each role alone. Once the cause is gone, the next
start continues."""
import contextlib
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import time

import mounts
import ring

FAIL_S = 30  # a locked database is waited for, in case it is only busy
DATABASE_ROLES = ("run", "producer", "sink")
ALL_ROLES = ("run", "producer", "sink", "worker")


class Errors(ring.Case):
    def stored_ring(self, folder=None, **settings):
        """A ring that has stored its articles and was stopped."""
        sites = self.sites(articles=7)
        if folder:
            settings["database"] = os.path.join(folder, "renda.db")
        r = self.ring(sites.config(poll="300ms", delay="0", concurrency=4), {"disk_reserve": "100KB"}, workers=1, **settings)
        r.database = r.settings["database"]
        r.site_server = sites
        r.run()
        r.wait_stored(21, 20)
        self.assertEqual(0, r.processes["run"].stop())
        r.execute("UPDATE meta SET value = value")  # the last one to close the database takes its log away
        return r

    def refused(self, r, roles, *words, config=None, begun_well=False):
        """Each role, started alone (all at the same time), says one line with these words and ends with 1. begun_well: the
        other roles of `renda run` may have told that they were ready."""
        config = config or r.config
        begun = time.monotonic()
        started = {role: subprocess.Popen([ring.RENDA, role, "-c", config], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                          stderr=subprocess.PIPE, text=True) for role in roles}
        for role, p in started.items():
            try:
                out, said = p.communicate(timeout=max(1, begun + FAIL_S - time.monotonic()))
                took = time.monotonic() - begun
            except subprocess.TimeoutExpired:
                for p in started.values():
                    p.kill()
                out, said = started[role].communicate()
                self.fail(f"renda {role} did not give up within {FAIL_S} s; it said:\n{ring.tail(said)}")
            ring.say(f"  {p.returncode} after {took:.1f} s: {said.strip()}")
            with self.subTest(role=role):
                self.assertEqual(1, p.returncode, said)
                self.assertEqual("", out)
                lines = said.splitlines()
                if begun_well:
                    lines = [line for line in lines if " info: " not in line]
                self.assertEqual(1, len(lines), said)
                self.assertTrue(lines[0].startswith("renda: "), said)
                for word in words:
                    self.assertRegex(lines[0], word)

    def goes_on(self, r):
        """The next start works: something new is stored beside what was."""
        before = r.count("article")
        r.site_server[0].publish(count=1)
        r.run()
        r.wait_stored(before + 1, 20)
        self.assertEqual(0, r.processes["run"].stop())
        r.check(self)

    # ---- the disk

    def test_disk_full_at_start(self):
        folder = mounts.small_disk(self, 20)
        r = self.stored_ring(folder)
        filler = mounts.Filler(folder)
        filler.leave(0)
        self.refused(r, DATABASE_ROLES, "full", "free some space", re.escape(r.database))
        filler.remove()
        self.goes_on(r)

    def test_disk_full_without_database(self):
        folder = mounts.small_disk(self, 20)
        sites = self.sites(articles=5)
        r = self.ring(sites.config(poll="300ms", delay="0"), {"disk_reserve": "100KB"}, workers=1,
                      database=os.path.join(folder, "renda.db"))
        r.database, r.site_server = r.settings["database"], sites
        filler = mounts.Filler(folder)
        filler.leave(0)
        self.refused(r, DATABASE_ROLES, "full", "free some space")
        filler.remove()
        self.goes_on(r)

    def test_database_read_only(self):
        folder = self.folder()
        r = self.stored_ring(folder)
        writable_again = mounts.read_only(self, folder)
        self.refused(r, DATABASE_ROLES, "[Rr]ead-only", re.escape(r.database))
        writable_again()
        self.goes_on(r)

    # ---- the database

    def test_database_locked(self):
        r = self.stored_ring()
        other = sqlite3.connect(r.database, isolation_level=None)
        with contextlib.closing(other):
            other.execute("BEGIN EXCLUSIVE")
            self.refused(r, DATABASE_ROLES, "lock", re.escape(r.database))
            other.execute("ROLLBACK")
        self.goes_on(r)

    def test_database_is_garbage(self):
        r = self.stored_ring()
        good = r.database + ".good"
        os.rename(r.database, good)
        with open(r.database, "wb") as f:
            f.write("这不是数据库\n".encode() * 1000)
        self.refused(r, DATABASE_ROLES, "damaged|not a database", "restore|another file", re.escape(r.database))
        os.rename(good, r.database)
        self.goes_on(r)

    def test_database_cut_off(self):
        r = self.stored_ring()
        good = r.database + ".good"
        shutil.copy(r.database, good)
        os.truncate(r.database, os.path.getsize(r.database) // 3)
        self.refused(r, DATABASE_ROLES, "damaged", "restore", re.escape(r.database))
        os.rename(good, r.database)
        self.goes_on(r)

    # It opens well, and what is damaged shows only later.
    def test_database_damaged_inside(self):
        r = self.stored_ring()
        good = r.database + ".good"
        shutil.copy(r.database, good)
        size = os.path.getsize(r.database)
        with open(r.database, "r+b") as f:
            f.seek(size // 4 // 4096 * 4096)
            f.write(os.urandom(size * 3 // 4 // 4096 * 4096))
        for role in ("run", "producer"):  # the sink alone has nothing to read
            p = r.start(role, ready=False)
            code = p.wait(20)
            lines = [line for line in p.log().splitlines() if line.startswith("renda: ")]
            ring.say(f"  {code}: {lines}")
            self.assertEqual(1, code, p.log())
            self.assertLessEqual(1, len(lines))
            for line in lines:
                self.assertRegex(line, "damaged.*restore")
            for end in "-wal", "-shm":
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(r.database + end)
        os.rename(good, r.database)
        self.goes_on(r)

    def test_database_of_a_newer_program(self):
        r = self.stored_ring()
        version = r.one("SELECT value FROM meta WHERE key = 'schema_version'")
        r.execute("UPDATE meta SET value = '1000000' WHERE key = 'schema_version'")
        self.refused(r, DATABASE_ROLES, "1000000", "newer", re.escape(r.database))
        r.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", version)
        self.goes_on(r)

    def test_database_folder_is_missing(self):
        r = self.stored_ring()
        path = r.write_config("elsewhere.yaml", database="/nowhere/at/all/renda.db")
        self.refused(r, DATABASE_ROLES, "/nowhere/at/all", "exist", config=path)

    # ---- endpoints

    def test_port_taken(self):
        for name, roles in (("dispatch", ("run", "producer")), ("results", ("run", "sink")), ("feed", ("run", "sink"))):
            with socket.create_server(("127.0.0.1", 0)) as taken:
                endpoint = "tcp://127.0.0.1:%d" % taken.getsockname()[1]
                r = self.ring(self.sites(articles=2).config(), workers=1)
                config = r.write_config("taken.yaml", **{name: endpoint})
                for role in roles:  # one by one: they would take each other's
                    self.refused(r, (role,), "in use", re.escape(endpoint), config=config, begun_well=role == "run")

    def test_socket_path_is_a_folder(self):
        r = self.ring(self.sites(articles=2).config(), workers=1)
        path = os.path.join(r.folder, "a-folder")
        os.mkdir(path)
        for name, roles in (("dispatch", ("run", "producer")), ("results", ("run", "sink"))):
            config = r.write_config("taken.yaml", **{name: "ipc://" + path})
            for role in roles:
                self.refused(r, (role,), re.escape(path), config=config, begun_well=role == "run")

    def test_folder_of_any_name_in_tmp(self):
        """Only the folder that we make for sockets must be ours alone."""
        folder = self.folder()
        os.chmod(folder, 0o755)
        r = self.ring(self.sites(articles=2).config(delay="0"), workers=1)
        r.database = os.path.join(folder, "renda.db")
        r.settings = {"database": r.database, "workers": 1}
        r.write_config()
        self.assertTrue(folder.startswith("/tmp/renda-"))
        r.run()
        self.assertEqual(0, r.processes["run"].stop())

    # ---- the config

    def test_config(self):
        r = self.ring(self.sites(articles=2).config())
        rows = [("missing.yaml", None, ("missing.yaml", "No such file")),
                ("empty.yaml", "", ("empty.yaml",)),
                ("broken.yaml", "sites: [", ("broken.yaml:\\d",)),
                ("wrong.yaml", "databse: renda.db\nsites: []\n", ("wrong.yaml:1", "database")),
                ("folder.yaml", "/", ("folder.yaml",))]
        for name, text, words in rows:
            path = os.path.join(r.folder, name)
            if text == "/":
                os.mkdir(path)
            elif text is not None:
                with open(path, "w") as f:
                    f.write(text)
            self.refused(r, ALL_ROLES, *words, config=path)

    # ---- twice

    def test_twice_on_one_database(self):
        r = self.stored_ring()
        p = r.run()
        self.refused(r, ("run",), "another 'renda run'", str(p.pid), re.escape(r.database))
        self.refused(r, ("producer", "sink"), "another 'renda (producer|sink)'", re.escape(r.database))
        self.assertTrue(p.alive())
        self.assertEqual(0, p.stop())
        self.goes_on(r)


if __name__ == "__main__":
    mounts.get_ready()
    ring.main()
