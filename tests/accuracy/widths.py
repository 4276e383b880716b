#!/usr/bin/env python3
"""Copies a folder of articles with their signs in full width, as most of the web writes them; gold stays as it is.

usage: widths.py FROM TO
Signs between letters and digits of a number, time or address keep their width. The full-width signs are written as
escapes, because converters like to fold them.
"""
import pathlib, re, shutil, sys

WIDE = dict(zip(",:;()!?%", "\uff0c\uff1a\uff1b\uff08\uff09\uff01\uff1f\uff05"))


def widen(text):
    for narrow, wide in WIDE.items():
        sign = re.escape(narrow)
        kept = rf"(?<![0-9A-Za-z]){sign}|{sign}(?![0-9/A-Za-z])" if narrow in ",:" else sign
        text = re.sub(kept, wide, text)
    return text


def main():
    source, target = map(pathlib.Path, sys.argv[1:3])
    target.mkdir(parents=True, exist_ok=True)
    for path in source.iterdir():
        if path.suffix == ".txt":
            (target / path.name).write_text(widen(path.read_text(encoding="utf-8")), encoding="utf-8")
        elif path.suffix == ".json":
            shutil.copy(path, target / path.name)


if __name__ == "__main__":
    main()
