#!/bin/sh
# layers.sh ROOT: which folder may include which. A part of the ring knows common/ and itself, so that the
# parts meet in their messages only; common/ and the sample sites know themselves; cli/ knows all.
set -eu

# Prints every #include under the current folder that crosses a wall. A name in quotes is looked for beside
# the file that has it and then from the root, as the compiler does.
# shellcheck disable=SC2016                  # the $ are awk's
violations()
{
    find common producer worker sink dashboard cli tests/site -name '*.[ch]' 2>/dev/null | sort |
    xargs awk '
        function exists(path,    line, rc) { rc = (getline line < path); close(path); return rc >= 0 }
        function tidy(path) {
            while (sub(/[^\/]+\/\.\.\//, "", path)) {}
            gsub(/(^|\/)\.\//, "/", path); sub(/^\//, "", path)
            return path
        }
        function folder(path) { return path ~ /^tests\/site\// ? "tests/site" : substr(path, 1, index(path, "/") - 1) }
        function wall(name) { return name ~ /^(common|producer|worker|sink|dashboard|cli|tests|tests\/site)$/ }
        /^[ \t]*#[ \t]*include[ \t]*["<]/ {
            name = $0; sub(/^[^"<]*["<]/, "", name); sub(/[">].*/, "", name)
            near = FILENAME; sub(/[^\/]*$/, "", near); near = tidy(near name)
            path = exists(near) ? near : tidy(name)
            from = folder(FILENAME); to = folder(path)
            if (!wall(to) || to == from || from == "cli" || (to == "common" && from != "tests/site"))
                next
            printf "%s:%d: %s/ must not include \"%s\"\n", FILENAME, FNR, from, name
        }'
}

# The walls themselves: one planted line each, and what is to be said of it.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
while read -r file line want; do
    rm -rf "${dir:?}"/*
    mkdir -p "$dir/common" "$dir/sink" "$dir/worker/findings" "$dir/cli" "$dir/tests/site"
    touch "$dir/common/err.h" "$dir/sink/feed.h" "$dir/worker/page.h" "$dir/worker/findings/number.h" "$dir/tests/site/site.h"
    printf '#include <stdio.h>\n#include "%s"\n' "$line" > "$dir/$file"
    got=$(cd "$dir" && violations)
    case $want:$got in
    ok: | bad:?*) ;;
    *) echo "planted $line in $file: wanted $want, got '$got'"; bad=1 ;;
    esac
done <<'EOF'
sink/a.c            common/err.h         ok
sink/a.c            sink/feed.h          ok
sink/a.c            feed.h               ok
sink/a.c            worker/page.h        bad
sink/a.c            ../worker/page.h     bad
sink/a.h            producer/new.h       bad
sink/a.c            tests/site/site.h    bad
worker/findings/a.c number.h             ok
worker/findings/a.c ../page.h            ok
worker/findings/a.c ../../sink/feed.h    bad
common/a.c          err.h                ok
common/a.c          sink/feed.h          bad
common/a.c          cli/app.h            bad
tests/site/a.c      tests/site/site.h    ok
tests/site/a.c      site.h               ok
tests/site/a.c      common/err.h         bad
cli/a.c             sink/feed.h          ok
cli/a.c             tests/site/site.h    ok
EOF

cd "$1"
found=$(violations)
if [ -n "$found" ]; then
    printf '%s\n' "$found"
    bad=1
fi
exit $bad
